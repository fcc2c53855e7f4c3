using Braid.Gateway.MLflow.Artifacts;
using Braid.Gateway.Web.Agents;
using Braid.Gateway.Web.Events;

namespace Braid.Server.Agents;

/// <summary>Where what workloads use and leave goes.</summary>
internal static class Outputs
{
    /// <param name="fileServer">Where clients fetch images from.</param>
    public static AttemptOutputs Of(Rooms rooms, string fileServer) =>
        new(
            rooms.Series,
            new ProgramEvents(rooms.EventFiles, fileServer).TakeAsync,
            new RunFiles(rooms.Runs, rooms.Projects, rooms.Artifacts).PutAsync
        );
}
