import { serveSandbox } from "/tmp/wt19/sandbox/hosts/node.ts";
import { openSqliteStore } from "/tmp/wt19/sandbox/hosts/sqlite-store.ts";
import { rmSync, statSync } from "node:fs";
import { startEngine } from "/tmp/wt19/sandbox/hosts/engine.ts";
import { initSync, SandboxModule, shown } from "/tmp/wt19/build/sandbox.js";
import { readFileSync } from "node:fs";
import { sign } from "tc3-edge/signer";
const file="/tmp/million.db"; for (const f of [file,file+"-wal"]) rmSync(f,{force:true});
initSync({ module: readFileSync("/tmp/wt19/build/sandbox.wasm") });
const store = await openSqliteStore(file);
const engine = await startEngine({SandboxModule, shown}, { store, unlimited: true, seed: 1 });
const cred={secretId:"sandbox-secret-id",secretKey:"sandbox-secret-key"};
const call=async(action:string,payload:object)=>{ const s=sign(cred,{service:"iotvideo",version:"2019-11-26",action,region:"ap-guangzhou",host:"localhost",payload}); const headers=Object.entries(s.headers).concat([["Host","localhost"]]) as [string,string][]; const a=await engine.handle({method:"POST",target:"/",headers,body:new TextEncoder().encode(String(s.body))}); return JSON.parse(a.body).Response; };
const N=Number(process.argv[2]??1e6); let t=performance.now(); let events=0; let i=0;
while(events<N){ i++; const b=await call("CreateStorageService",{PkgId:"yc1m3d",Tid:"t"+(i%2000),ChnNum:i%7,OrderCount:20,StorageRegion:"ap-guangzhou"}); events+=22; if(b.Error) throw new Error(JSON.stringify(b)); const r=await call("RefundStorageService",{ServiceId:b.ServiceId}); events+=1+ (r.Error?0:20); }
console.log("made",events,"events in",((performance.now()-t)/1000).toFixed(1),"s", i);
await engine.close();
t=performance.now(); const s2=await openSqliteStore(file); const e2=await startEngine({SandboxModule,shown},{store:s2}); console.log("start after them", (performance.now()-t).toFixed(0),"ms; file", statSync(file).size);
await e2.close();
