using Braid.Data;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Inputs;
using Braid.Tracking.Logs;
using Braid.Tracking.Models;
using Braid.Tracking.Plots;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Server;

/// <summary>The domains, put together over the stores.</summary>
internal sealed class Rooms(Stores stores, TimeProvider clock, IdSource ids)
{
    public VersionedData Data { get; } = new(stores.Database, stores.Content, clock, ids);

    public Projects Projects { get; } = new(stores.Database, clock, ids);

    public Runs Runs { get; } = new(stores.Database, clock, ids);

    public Series Series { get; } = new(stores.Database, clock);

    public Logs Logs { get; } = new(stores.Database, clock);

    public Plots Plots { get; } = new(stores.Database, clock);

    public Artifacts Artifacts { get; } = new(stores.Database, stores.Content, clock);

    public Models Models { get; } = new(stores.Database, clock, ids);

    public Registry Registry { get; } = new(stores.Database, clock, ids);

    public Inputs Inputs { get; } = new(stores.Database, ids);
}
