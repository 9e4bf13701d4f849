/** One media section with its "m=" line, or what comes before the first. Lines keep their ends. */
export type Section = string;

/** Cuts a session description into its session part (maybe empty) and its media sections. */
export function splitSections(sdp: string): Section[] {
  const sections = sdp.split(/^(?=m=)/m);
  return sections[0]?.startsWith("m=") ? ["", ...sections] : sections;
}

/** The value of "a=mid:" of a section (RFC 5888 section 4). */
export function midOf(section: Section): string | undefined {
  return /^a=mid:(\S+)/m.exec(section)?.[1];
}

/** Removes the lines that a test picks out. */
export function removeLines(section: Section, pick: (line: string) => boolean): Section {
  return section
    .split(/(?<=\n)/)
    .filter((line) => !pick(line))
    .join("");
}

/** Adds an attribute at the end of a section. */
export function appendAttribute(section: Section, attribute: string): Section {
  const separator = section === "" || section.endsWith("\n") ? "" : "\r\n";
  return `${section}${separator}a=${attribute}\r\n`;
}

/** Takes words out of lists. `lines` matches each list with what stands before it. */
export function dropWords(sdp: string, lines: RegExp, words: ReadonlySet<unknown>): string {
  return sdp.replace(lines, (_line, head: string, list: string) =>
    [head, ...list.split(" ").filter((word) => word && !words.has(word))].join(" ")
  );
}

/** Removes a codec from a media section: its payload types and all that is said about them. */
export function removeCodec(section: Section, codec: string): Section {
  const payloads = new Set<string | undefined>();
  for (const [, payload, name] of section.matchAll(/^a=rtpmap:(\d+) +([^/\r\n]+)/gm)) {
    if (name.toLowerCase() === codec.toLowerCase()) {
      payloads.add(payload);
    }
  }
  // RFC 4588 section 8.1: "apt" names the payload type that a retransmission stream repeats.
  for (const [, payload, apt] of section.matchAll(/^a=fmtp:(\d+) .*\bapt=(\d+)/gm)) {
    if (payloads.has(apt)) {
      payloads.add(payload);
    }
  }
  const listed = dropWords(section, /^(m=\S+ \S+ \S+)(.*)$/m, payloads);
  return removeLines(listed, (line) =>
    payloads.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)\b/.exec(line)?.[1])
  );
}
