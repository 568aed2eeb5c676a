// The names that a program of Linux offers to its libraries. Format: elf(5), 64 bit, the lesser byte first, as on all machines
// that Node supports but s390x.
import type { FileHandle } from 'node:fs/promises';

const magic = 0x464c457f;
const dynamicSymbols = 11;
const sectionSize = 64;
const symbolSize = 24;
const maxSections = 1000;
/** Node exports 5 MB of names. */
const maxTable = 2 ** 26;

/**
 * Whether an ELF file defines a symbol, rather than asking others for it. True for what is no ELF file of this kind: there is
 * nothing to look at.
 */
export async function definesSymbol(file: FileHandle, name: string): Promise<boolean> {
  const header = await bytesAt(file, 0, 64);
  if (header === null || header.readUInt32LE(0) !== magic || header[4] !== 2 || header[5] !== 1) return true;
  const count = Math.min(header.readUInt16LE(0x3c), maxSections);
  const sections = await bytesAt(file, Number(header.readBigUInt64LE(0x28)), count * sectionSize);
  if (sections === null) return false;
  for (let at = 0; at < sections.length; at += sectionSize) {
    if (sections.readUInt32LE(at + 4) !== dynamicSymbols) continue;
    const names = await sectionAt(file, sections, sections.readUInt32LE(at + 0x28) * sectionSize);
    const symbols = await sectionAt(file, sections, at);
    if (names && symbols) return isDefined(symbols, names.indexOf(`\0${name}\0`) + 1);
  }
  return false;
}

/** @param name where it begins in the table of names; 0 for one that is not there */
function isDefined(symbols: Buffer, name: number): boolean {
  for (let at = 0; name > 0 && at + symbolSize <= symbols.length; at += symbolSize)
    if (symbols.readUInt32LE(at) === name && symbols.readUInt16LE(at + 6) !== 0) return true;
  return false;
}

async function sectionAt(file: FileHandle, sections: Buffer, at: number): Promise<Buffer | null> {
  if (at + sectionSize > sections.length) return null;
  const offset = Number(sections.readBigUInt64LE(at + 0x18));
  return bytesAt(file, offset, Number(sections.readBigUInt64LE(at + 0x20)));
}

/** Null where the file does not have them, or they are too many. */
async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer | null> {
  if (!(length > 0 && length <= maxTable && offset >= 0 && offset <= Number.MAX_SAFE_INTEGER)) return null;
  if ((await file.stat()).size < offset + length) return null;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return bytesRead === length ? buffer : null;
}
