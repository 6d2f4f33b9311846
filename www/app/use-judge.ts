/** What was pasted to be judged, and the judgement as long as it is about just that. */

import { useState } from "preact/hooks";
import { type Credential, type Diagnosis, judge, type Problem, type SandboxClock } from "../api.ts";
import { readSeconds } from "./time.ts";

/** The panel's texts by name. */
export interface Pasted {
  text: string;
  secretId: string;
  secretKey: string;
  service: string;
  /** In seconds since 1970; empty for now. */
  clock: string;
  canonicalRequest: string;
  stringToSign: string;
}

/** What came of it. */
interface Judged {
  of: Pasted;
  /** The clock by which it was judged, in seconds since 1970. */
  at: number;
  diagnosis?: Diagnosis;
  problems: Problem[];
}

export interface Judge {
  values: Pasted;
  /** Absent before the first time, and as soon as a value changes. */
  judged: Judged | undefined;
  set(name: keyof Pasted, value: string): void;
  judge(): Promise<void>;
}

const UNTYPED = {
  text: "",
  service: "iotvideo",
  clock: "",
  canonicalRequest: "",
  stringToSign: "",
};

/** `credential` stands until another one is typed; now is what the sandbox's clock shows. */
export function useJudge(credential: Credential, clock: SandboxClock): Judge {
  const [typed, setTyped] = useState<Partial<Pasted>>({});
  const [judged, setJudged] = useState<Judged>();
  const { secretId, secretKey } = credential;
  const values: Pasted = { ...UNTYPED, secretId, secretKey, ...typed };
  return {
    values,
    judged: judged && same(judged.of, values) ? judged : undefined,
    set: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
    async judge() {
      const { secretId, secretKey, clock: typedClock, ...texts } = values;
      const now = typedClock === "" ? clock.now() : readSeconds(typedClock) * 1000;
      const found = await judge({ ...texts, credential: { secretId, secretKey }, now });
      const about = { of: values, at: Math.floor(now / 1000) };
      setJudged(
        Array.isArray(found)
          ? { ...about, problems: found }
          : { ...about, diagnosis: found, problems: [] },
      );
    },
  };
}

function same(one: Pasted, other: Pasted): boolean {
  return (Object.keys(one) as (keyof Pasted)[]).every((name) => one[name] === other[name]);
}
