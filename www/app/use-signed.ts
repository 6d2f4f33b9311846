/** A call signed anew whenever it changes, with what keeps it from being sent. */

import { useEffect, useMemo, useState } from "preact/hooks";
import {
  checkRefund,
  type Explanation,
  explainRefund,
  type Problem,
  type RefundCall,
} from "../api.ts";

export interface SignedCall {
  /** Absent where the call cannot even be signed. */
  explanation?: Explanation;
  problems: Problem[];
}

export function useSigned(call: RefundCall): SignedCall {
  const explained = useMemo(() => explainRefund(call), [call]);
  const [checked, setChecked] = useState<Problem[]>([]);
  useEffect(() => {
    let current = true;
    void checkRefund(call).then((problems) => current && setChecked(problems));
    return () => {
      current = false;
    };
  }, [call]);
  if (!Array.isArray(explained)) return { explanation: explained, problems: checked };
  // The client looks at the payload first, and may stop there.
  const named = new Set(checked.map(({ path }) => path));
  return { problems: [...checked, ...explained.filter(({ path }) => !named.has(path))] };
}
