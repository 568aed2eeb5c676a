# A log in memory that is written out at every hundredth line; classes and dataclasses made once.
import dataclasses
import io


@dataclasses.dataclass
class Line:
    number: int
    text: str


log = []
out = io.StringIO()


def step(i):
    log.append(Line(i, 'text %d' % i))
    if len(log) == 100:
        for line in log:
            out.write(line.text)
        out.seek(0)
        out.truncate()
        log.clear()
