/** The page's head: what it is, and what it does not do. */

import "./header.css";

export function Header() {
  return (
    <header class="header">
      <div class="header-inner">
        <h1>
          tc3-edge <span>console</span>
        </h1>
        <p>
          Sign a refund of IoT Video’s cloud storage, see every step of the signature, and send it
          to a sandbox inside this page. Nothing leaves the page; no real order is touched.
        </p>
      </div>
    </header>
  );
}
