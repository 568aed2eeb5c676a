export interface LeakSite {
  name: string;
  type: string;
  way: 'breakpoint' | 'tracking' | 'sampling';
  verdict: 'line' | 'function' | 'file' | 'wrong' | 'nothing';
  place: string;
}
export function sitesOfLeak(name: string, node: string, seconds?: number): Promise<LeakSite>;
