/** Says that the sandbox will not outlive the page, before somebody relies on it. */

import { Notice } from "../ui/notice.tsx";
import "./not-kept.css";

export function NotKept({ why }: { why: string }) {
  return (
    <div class="not-kept">
      <Notice kind="warn">
        <strong>This sandbox is forgotten when the page is closed or reloaded</strong>
        <span>It is kept in memory only: {why}.</span>
      </Notice>
    </div>
  );
}
