/** Ringing and tones by Web Audio, as far as the browser allows sound before the first click. */

const dtmf: Record<string, [number, number]> = Object.fromEntries(
  ["123A", "456B", "789C", "*0#D"].flatMap((row, r) =>
    [...row].map((key, c) => [
      key,
      [[697, 770, 852, 941][r] ?? 0, [1209, 1336, 1477, 1633][c] ?? 0]
    ])
  )
) as Record<string, [number, number]>;

type Sound = "silence" | "ringing" | "ringback";

export class Ringer {
  private context: AudioContext | undefined;
  private sound: Sound = "silence";
  private timer: number | undefined;

  /** Rings (we are called), plays ringback (we call), or stops. */
  play(sound: Sound): void {
    if (sound === this.sound) return;
    this.sound = sound;
    clearInterval(this.timer);
    if (sound === "silence") return;
    const cadence = () => (sound === "ringing" ? this.ring() : this.beep([425], 0, 1, 0.04));
    cadence();
    this.timer = window.setInterval(cadence, sound === "ringing" ? 2_800 : 4_000);
  }

  /** The sound of a key. */
  key(tone: string): void {
    const pair = dtmf[tone];
    if (pair) this.beep(pair, 0, 0.12, 0.05);
  }

  private ring(): void {
    [523, 659, 784, 659, 784].forEach((note, i) =>
      this.beep([note, note * 2], i * 0.19, 0.28, 0.06)
    );
  }

  private beep(frequencies: number[], after: number, seconds: number, volume: number): void {
    this.context ??= new AudioContext();
    const { context } = this;
    // Suspended means that the user has not touched the page yet: stay silent, try again next time.
    if (context.state === "suspended") return void context.resume().catch(() => {});
    const start = context.currentTime + after;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(volume, start, 0.01);
    gain.gain.setTargetAtTime(0, start + seconds - 0.05, 0.03);
    gain.connect(context.destination);
    for (const frequency of frequencies) {
      const oscillator = new OscillatorNode(context, { frequency });
      oscillator.connect(gain);
      oscillator.start(start);
      oscillator.stop(start + seconds + 0.2);
    }
  }
}
