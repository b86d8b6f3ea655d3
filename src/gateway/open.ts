import { openCatalogue } from "../http/catalogue/catalogue.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { createRecentFaults } from "../telemetry/recent-faults.ts";
import { continueLog, restoreMemory } from "./continuity.ts";
import { controlPlane, type ControlPlane } from "./control-plane.ts";
import { dataPlane, type DataPlane } from "./data-plane.ts";
import { adminTokenFile, keepAdminToken } from "./identity.ts";
import { startJobs, type Jobs } from "./jobs.ts";
import type { GatewayOptions } from "./options.ts";
import { serveRegistry } from "./served-registry.ts";
import { openStores } from "./stores.ts";

/** A gateway that is open: its stores, its snapshot and its memory are there; its two apps have yet to listen. */
export interface OpenGateway
  extends Pick<DataPlane, "gateway" | "publicApp" | "inFlight">, Pick<ControlPlane, "controlApp">, Pick<Jobs, "runMaintenance"> {
  /** Publishes now what was committed to the registry, instead of at the next interval. */
  reconcile(): Promise<void>;
  /** Lets what is in flight finish, then closes everything in the reverse order of opening. A second call waits for the first. */
  close(): Promise<void>;
}

/**
 * The composition root: configuration and stores become one gateway. Nothing here decides anything about an exchange.
 * When it rejects, nothing is left open.
 */
export async function openGateway(options: GatewayOptions): Promise<OpenGateway> {
  const opened = new AsyncDisposableStack();
  try {
    return await compose(options, opened);
  } catch (fault) {
    await opened.disposeAsync();
    throw fault;
  }
}

/** The table of contents of the process. `opened` takes what has to be closed again. */
async function compose(options: GatewayOptions, opened: AsyncDisposableStack): Promise<OpenGateway> {
  const { config, clock, log } = options;
  const stopping = new AbortController();
  const metrics = createMetrics(config);
  const recentFaults = createRecentFaults();

  const stores = await openStores(options, metrics.meter, opened);
  const beginning = await continueLog(stores, clock);
  const registry = await serveRegistry(options, metrics.meter, stores);
  const catalogue = openCatalogue({
    publicOrigin: config.publicOrigin,
    newest: registry.follower.newest,
    document: (digest) => stores.registry.document(digest),
    clock,
  });
  const memory = await restoreMemory(options, beginning, stores, registry);

  const data = dataPlane({ options, metrics, recentFaults, stores, registry, catalogue, memory }, opened);
  const adminToken = keepAdminToken(config, options.instance, clock, ({ until }) =>
    log.adminTokenMade({ file: adminTokenFile(config), until }),
  );
  adminToken();
  const jobs = startJobs({ options, stores, registry, data, adminToken }, opened);
  const control = controlPlane({
    options,
    metrics,
    recentFaults,
    stores,
    registry,
    catalogue,
    jobs,
    data,
    adminToken,
    stopping: stopping.signal,
  });

  opened.defer(() => registry.idle());
  opened.defer(() => data.drain());
  const close = async (): Promise<void> => {
    stopping.abort();
    log.draining({ exchanges: data.inFlight() });
    await opened.disposeAsync();
    await control.controlApp.close();
    log.stopped({});
  };
  let closing: Promise<void> | undefined;
  return {
    gateway: data.gateway,
    publicApp: data.publicApp,
    inFlight: data.inFlight,
    controlApp: control.controlApp,
    reconcile: registry.publish,
    runMaintenance: jobs.runMaintenance,
    close: () => (closing ??= close()),
  };
}
