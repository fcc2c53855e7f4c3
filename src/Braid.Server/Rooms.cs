using Braid.Data;
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
internal sealed class Rooms(Stores stores)
{
    public VersionedData Data { get; } = new(stores.Database, stores.Content, stores.Clock, stores.Ids);

    public Projects Projects { get; } = new(stores.Database, stores.Clock, stores.Ids);

    public Runs Runs { get; } = new(stores.Database, stores.Clock, stores.Ids);

    public Series Series { get; } = new(stores.Database, stores.Clock);

    public Logs Logs { get; } = new(stores.Database, stores.Clock);

    public Plots Plots { get; } = new(stores.Database, stores.Clock);

    public Artifacts Artifacts { get; } = new(stores.Database, stores.Content, stores.Clock);

    public Models Models { get; } = new(stores.Database, stores.Clock, stores.Ids);

    public Registry Registry { get; } = new(stores.Database, stores.Clock, stores.Ids);

    public Inputs Inputs { get; } = new(stores.Database, stores.Ids);
}
