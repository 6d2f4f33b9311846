/** The page: its header at once, and the console as soon as signer and sandbox are ready. */

import { useEffect, useState } from "preact/hooks";
import { openService, type Service, type Standing } from "../api.ts";
import { Console } from "./console.tsx";
import { Header } from "./header.tsx";
import { NotKept } from "./not-kept.tsx";
import { NotStarted } from "./not-started.tsx";
import "./page.css";

interface Opened {
  service: Service;
  /** What was there when the page was opened. */
  found: Standing;
}

async function open(): Promise<Opened> {
  const service = await openService();
  return { service, found: await service.standing() };
}

export function Page() {
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    open().then(setOpened, setFailure);
  }, []);
  return (
    <>
      <Header />
      <main class="page">
        {opened?.service.notKept && <NotKept why={opened.service.notKept} />}
        {opened && <Console {...opened} />}
        {!opened && !failure && <p role="status">Starting the signer and the sandbox …</p>}
        {failure && <NotStarted failure={failure} />}
      </main>
    </>
  );
}
