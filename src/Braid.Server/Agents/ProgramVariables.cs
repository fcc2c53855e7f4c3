using Braid.Access.Credentials;
using Braid.Agent.Protocol;
using Braid.Pipelines.Workers;
using Braid.Server.Doors;

namespace Braid.Server.Agents;

/// <summary>
/// What tells a program where the doors are, on whichever machine it runs: the host is left for its agent to fill in.
/// </summary>
internal static class ProgramVariables
{
    /// <param name="urlOf">Where a door is.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(Func<string, string> urlOf, KeyPair keys)
    {
        var pachyderm = new Uri(urlOf(DoorPlans.Pachyderm));
        var doors = new DoorEndpoints
        {
            PachydermHost = NodeProgram.ServerHost,
            PachydermPort = pachyderm.Port,
            ClearMLApi = Anywhere(urlOf(DoorPlans.ClearML)),
            ClearMLFiles = Anywhere(urlOf(DoorPlans.Files)),
            ClearMLWeb = Anywhere(urlOf(DoorPlans.Web)),
            MLflow = Anywhere(urlOf(DoorPlans.MLflow)),
        };
        return [.. doors.Variables(), .. DoorEndpoints.Variables(keys)];
    }

    private static string Anywhere(string url)
    {
        var uri = new Uri(url);
        return $"{uri.Scheme}://{NodeProgram.ServerHost}:{uri.Port}";
    }
}
