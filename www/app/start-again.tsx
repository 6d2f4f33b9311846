/** Empties the sandbox, once that was confirmed: nothing brings it back. */

import { useRef } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import "./start-again.css";

export function StartAgain({ onConfirm }: { onConfirm: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <div>
      <Button small onPress={() => dialog.current?.showModal()}>
        Start again from nothing
      </Button>
      <dialog ref={dialog} class="start-again" aria-label="Start again from nothing">
        <p>
          <strong>Forget everything in this sandbox?</strong>
        </p>
        <p>Its services, orders, pool and ledger are deleted, and cannot be brought back.</p>
        <div class="start-again-choices">
          <Button onPress={close}>Keep everything</Button>
          <Button
            primary
            onPress={() => {
              close();
              onConfirm();
            }}
          >
            Forget everything
          </Button>
        </div>
      </dialog>
    </div>
  );
}
