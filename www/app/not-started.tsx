/** Why there is no console, and what to do about it. */

import { StoreError } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

export function NotStarted({ failure }: { failure: Error }) {
  if (failure instanceof StoreError && failure.code === "inUse") {
    return (
      <Notice kind="warn">
        <strong>The sandbox is open in another tab</strong>
        <span>
          Only one tab at a time can change it. Use the other tab; or close it, and reload this one.
        </span>
        <div>
          <Button small onPress={() => location.reload()}>
            Reload
          </Button>
        </div>
      </Notice>
    );
  }
  return (
    <Notice kind="bad">
      <strong>
        {failure instanceof StoreError
          ? "The page could not open what it keeps"
          : "The page could not start its modules"}
      </strong>
      <span>{failure.message}</span>
    </Notice>
  );
}
