import { isHeadsetBrowser } from './capabilities';

/** What a browser says about the device it runs on. */
export type DeviceFacts = {
  userAgent: string;
  /** `navigator.userAgentData`, where there is one. */
  brands: readonly string[];
  mobile: boolean;
  /** `navigator.maxTouchPoints`: an iPad calls itself a Mac, but no Mac has a touch screen. */
  maxTouchPoints: number;
};

/** How much the device can draw. */
export type DeviceClass = {
  /** A headset (or phone) that computes everything by itself. */
  standalone: boolean;
  /** Of the class of a Quest 3, or better; computers are. */
  strong: boolean;
};

/** Headsets with a chip of the Quest 3's generation or later. All others, and those to come that say nothing, are taken for weak. */
const strongHeadsets = /Quest ([3-9]|\d\d)|Pico 4 Ultra|Android XR|VisionOS|Apple Vision/i;
const headsetBrands = /Oculus|Meta Quest|Pico|Wolvic/i;
const mobileAgents = /Android|iPhone|iPad|iPod|\bMobile\b/i;

/** Headset by itself, phone or tablet, or computer; a pure function of what the browser says. */
export function deviceClassOf({ userAgent, brands, mobile, maxTouchPoints }: DeviceFacts): DeviceClass {
  if (isHeadsetBrowser(userAgent) || brands.some((brand) => headsetBrands.test(brand))) {
    return { standalone: true, strong: strongHeadsets.test(userAgent) };
  }
  const isTablet = /Macintosh/.test(userAgent) && maxTouchPoints > 1;
  if (mobile || isTablet || mobileAgents.test(userAgent)) return { standalone: true, strong: false };
  return { standalone: false, strong: true };
}

type BrandedNavigator = Navigator & {
  userAgentData?: { mobile?: boolean; brands?: readonly { brand: string }[] };
};

/** What this browser says. */
export function browserFacts(from: BrandedNavigator = navigator): DeviceFacts {
  const { userAgentData } = from;
  return {
    userAgent: from.userAgent,
    brands: userAgentData?.brands?.map(({ brand }) => brand) ?? [],
    mobile: userAgentData?.mobile ?? false,
    maxTouchPoints: from.maxTouchPoints,
  };
}
