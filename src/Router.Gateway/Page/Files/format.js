// Numbers for people, with their units.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

export const none = "–";
const known = (value) => value !== null && value !== undefined && value !== "" && !Number.isNaN(Number(value));

export const count = (value) => known(value) ? (Math.abs(value) >= 100000 ? short : whole).format(value) : none;
export const rate = (value) => known(value) ? (value >= 100 ? whole : one).format(value) : none;
export const percent = (part) => known(part) ? `${one.format(part * 100)} %` : none;

/** Milliseconds, in the unit that suits. */
export function duration(ms) {
  if (!known(ms)) return none;
  if (ms < 1) return `${one.format(ms)} ms`;
  if (ms < 1000) return `${whole.format(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(ms < 10000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? `${hours} h ${String(Math.floor(seconds / 60) % 60).padStart(2, "0")} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Dollars: cents where that is enough, else three digits that count. */
export function dollars(usd) {
  if (!known(usd)) return none;
  const value = Number(usd);
  if (value === 0) return "$0";
  if (Math.abs(value) >= 0.01) return `$${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: Math.abs(value) < 1 ? 3 : 2 })}`;
  return `$${value.toLocaleString("en", { maximumSignificantDigits: 3, maximumFractionDigits: 12 })}`;
}

const second = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });

export const time = (text) => clock.format(new Date(text));
export const hour = (date) => minute.format(date);
export const date = (text) => known(Date.parse(text)) ? day.format(new Date(text)) : none;
export const moment = (text) => second.format(new Date(text));
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
