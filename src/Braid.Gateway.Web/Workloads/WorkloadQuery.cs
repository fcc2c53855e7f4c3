using System.Globalization;
using Braid.Primitives;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Which workloads are asked for: <c>?project=&amp;state=&amp;kind=&amp;live=true&amp;limit=&amp;offset=</c>.</summary>
/// <param name="Project">Null for all.</param>
/// <param name="States">Empty for all.</param>
/// <param name="Kinds">Empty for all.</param>
/// <param name="IsLive">Only those that have not ended.</param>
internal sealed record WorkloadQuery(
    string? Project,
    IReadOnlyList<string> States,
    IReadOnlyList<string> Kinds,
    bool IsLive,
    int Limit,
    int Offset
)
{
    private const int mostListed = 10_000;

    public static Result<WorkloadQuery> Of(IQueryCollection query)
    {
        var (states, kinds) = (Words(query["state"]), Words(query["kind"]));
        return (Unknown<WorkloadState>(states, "state") ?? Unknown<WorkloadKind>(kinds, "kind")) is { } wrong
            ? wrong
            : new WorkloadQuery(
                Text(query["project"]),
                states,
                kinds,
                query["live"] == "true",
                Number(query["limit"], mostListed),
                Number(query["offset"], 0)
            );
    }

    public bool Takes(Workload workload) =>
        (States.Count == 0 || States.Contains(WorkloadWriting.Word(workload.State)))
        && (Kinds.Count == 0 || Kinds.Contains(WorkloadWriting.Word(workload.Spec.Kind)));

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string[] Words(string? value) => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, mostListed)
            : otherwise;

    private static Error? Unknown<T>(string[] words, string what)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().Select(WorkloadWriting.Word).ToList();
        return words.FirstOrDefault(word => !known.Contains(word)) is { } unknown
            ? new(
                ErrorKind.InvalidArgument,
                "web.unknown-word",
                $"there is no {what} '{unknown}': it is {string.Join(", ", known)}"
            )
            : null;
    }
}
