/** Flags of Chromium where there is no graphics card (over SSH, in a container): it would look for one, and emulate it. */
export const withoutCard = ['--disable-gpu', '--disable-software-rasterizer'];
