import type * as Ours from "../../../../../js/index.js";
import { settle } from "../support/manager-stage.js";
import type { ManagerStage } from "../support/manager-stage.js";

export async function connected(stage: ManagerStage, options: Ours.Web.SessionManagerOptions = {}) {
  const manager = stage.make(options);
  await manager.connect();
  await settle();
  return manager;
}

export async function calling(stage: ManagerStage, options: Ours.Web.SessionManagerOptions = {}) {
  const manager = await connected(stage, options);
  stage.follow("call()", manager.call("sip:bob@example.com"));
  await settle();
  return manager;
}
