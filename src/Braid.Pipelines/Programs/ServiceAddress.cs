using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Programs;

/// <summary>
/// Where programs of this machine reach the port of a service or spout. They are told by the variables that a Kubernetes service
/// makes for the pods of its namespace, under the names that services of pipelines have there.
/// </summary>
public sealed record ServiceAddress(string Ip, int Port)
{
    private const string loopback = "127.0.0.1";

    /// <summary>Null when the spec opens no port.</summary>
    internal static ServiceAddress? Of(PipelineSpec spec) =>
        (spec.Service ?? spec.Spout?.Service) is { InternalPort: not 0 } service
            ? new(
                service.Ip.Length > 0 ? service.Ip : loopback,
                service.ExternalPort == 0 ? service.InternalPort : service.ExternalPort
            )
            : null;

    /// <summary>The variables of all services that are to run.</summary>
    internal static async Task<IReadOnlyList<KeyValuePair<string, string>>> VariablesAsync(DbRead db)
    {
        var variables = new List<KeyValuePair<string, string>>();
        foreach (var row in await PipelineRows.WithServiceAsync(db))
        {
            if (Of(row.ReadSpec()) is { } address)
            {
                // The second is the name that services had before there were projects.
                variables.AddRange(address.VariablesOf($"{row.Project}-{row.Name}-v{row.Version}"));
                variables.AddRange(address.VariablesOf($"pipeline-{row.Name}-v{row.Version}"));
            }
        }

        return variables;
    }

    private IEnumerable<KeyValuePair<string, string>> VariablesOf(string name)
    {
        var prefix = $"{name.ToUpperInvariant().Replace('-', '_')}_USER_SERVICE";
        return [new($"{prefix}_HOST", Ip), new($"{prefix}_PORT", $"{Port}")];
    }
}
