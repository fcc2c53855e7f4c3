using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs;

/// <summary>
/// Which fields a message of the spec has. It turns snake_case names into camelCase ones and refuses unknown ones; parts that
/// the server only carries are left as they are.
/// </summary>
internal sealed class SpecShape
{
    private static readonly SpecShape carried = new("", null);

    private static readonly SpecShape name = Message("pps_v2.Project", [], "name");

    private static readonly SpecShape transform = Message(
        "pps_v2.Transform",
        [],
        ["image", "cmd", "errCmd", "env", "secrets", "imagePullSecrets", "stdin", "errStdin", "acceptReturnCode"],
        ["debug", "user", "workingDir", "dockerfile", "memoryVolume", "datumBatching"]
    );

    private static readonly SpecShape pfs = Message(
        "pps_v2.PFSInput",
        [],
        ["project", "name", "repo", "repoType", "branch", "commit", "glob", "joinOn", "outerJoin", "groupBy"],
        ["lazy", "emptyFiles", "s3", "trigger", "propagationSpec", "reference"]
    );

    private static readonly SpecShape input = InputShape();

    private readonly string message;
    private readonly Dictionary<string, SpecShape>? fields;

    private SpecShape(string message, Dictionary<string, SpecShape>? fields)
    {
        this.message = message;
        this.fields = fields;
    }

    /// <summary>A whole pipeline spec.</summary>
    public static SpecShape CreatePipelineRequest { get; } =
        Message(
            "pps_v2.CreatePipelineRequest",
            [
                ("pipeline", Message("pps_v2.Pipeline", [("project", name)], "name")),
                ("transform", transform),
                ("input", input),
                ("parallelismSpec", Message("pps_v2.ParallelismSpec", [], "constant")),
            ],
            ["tfJob", "egress", "update", "outputBranch", "s3Out", "resourceRequests", "resourceLimits"],
            ["sidecarResourceLimits", "sidecarResourceRequests", "description", "reprocess", "service", "spout"],
            [
                "datumSetSpec",
                "datumTimeout",
                "jobTimeout",
                "salt",
                "datumTries",
                "schedulingSpec",
                "podSpec",
                "podPatch",
            ],
            ["specCommit", "metadata", "reprocessSpec", "autoscaling", "tolerations", "dryRun", "determined"],
            ["maximumExpectedUptime"]
        );

    /// <summary>The same value with this shape's names; an array is normalised element by element.</summary>
    public Result<JsonNode?> Normalise(JsonNode? node) =>
        fields is null ? node?.DeepClone()
        : node is JsonArray list ? NormaliseList(list)
        : node is JsonObject value ? NormaliseObject(value, fields)
        : node is null ? (Result<JsonNode?>)(JsonNode?)null
        : Errors.WrongType(message, "an object");

    private Result<JsonNode?> NormaliseList(JsonArray list)
    {
        var normal = new JsonArray();
        foreach (var item in list)
        {
            if (!Normalise(item).TryGet(out var element, out var error))
            {
                return error;
            }

            normal.Add(element);
        }

        return normal;
    }

    private Result<JsonNode?> NormaliseObject(JsonObject value, Dictionary<string, SpecShape> known)
    {
        var normal = new JsonObject();
        foreach (var (given, child) in value.Where(field => field.Value is not null))
        {
            var camel = CamelCase(given);
            if (!known.TryGetValue(camel, out var shape))
            {
                return Errors.UnexpectedField(given, message);
            }

            if (!shape.Normalise(child).TryGet(out var element, out var error))
            {
                return error;
            }

            normal[camel] = element;
        }

        return normal;
    }

    private static SpecShape Message(
        string message,
        (string Name, SpecShape Shape)[] nested,
        params IEnumerable<string>[] plain
    ) =>
        new(
            message,
            nested
                .Concat(plain.SelectMany(names => names).Select(field => (field, carried)))
                .ToDictionary(field => field.Item1, field => field.Item2, StringComparer.Ordinal)
        );

    private static SpecShape Message(string message, (string Name, SpecShape Shape)[] nested, string only) =>
        Message(message, nested, [only]);

    /// <summary>Inputs nest, so the shape refers to itself.</summary>
    private static SpecShape InputShape()
    {
        var cron = Message("pps_v2.CronInput", [], ["name", "project", "repo", "commit", "spec", "overwrite", "start"]);
        var fields = new Dictionary<string, SpecShape>(StringComparer.Ordinal) { ["pfs"] = pfs, ["cron"] = cron };
        var shape = new SpecShape("pps_v2.Input", fields);
        foreach (var nested in (string[])["join", "group", "cross", "union"])
        {
            fields[nested] = shape;
        }

        return shape;
    }

    private static string CamelCase(string name)
    {
        var parts = name.Split('_');
        return parts[0]
            + string.Concat(parts.Skip(1).Select(p => p.Length == 0 ? "_" : char.ToUpperInvariant(p[0]) + p[1..]));
    }
}
