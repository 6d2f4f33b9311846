/** The page: its header at once, and the console as soon as signer and sandbox are ready. */

import { useEffect, useState } from "preact/hooks";
import { openService, type Service } from "../api.ts";
import { Notice } from "../ui/notice.tsx";
import { Console } from "./console.tsx";
import { Header } from "./header.tsx";
import "./page.css";

export function Page() {
  const [service, setService] = useState<Service>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    openService().then(setService, (error) => setFailure(String(error)));
  }, []);
  return (
    <>
      <Header />
      <main class="page">
        {service && <Console service={service} />}
        {!service && !failure && <p role="status">Starting the signer and the sandbox …</p>}
        {failure && (
          <Notice kind="bad">
            <strong>The page could not start its modules</strong>
            <span>{failure}</span>
          </Notice>
        )}
      </main>
    </>
  );
}
