using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Pipelines.Specs.OldForms;
using Braid.Pipelines.Specs.Shapes;
using Braid.Primitives;
using Braid.TrainingJobs.PipelineSpecs;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// Reads a pipeline spec from protobuf JSON: 1 the form of 1.x is brought to that of 2.x, names to camelCase, and unknown
/// ones are refused; 2 it is laid over the defaults; 3 the parts that the server acts on are read; 4 all is checked.
/// </summary>
public static class SpecReader
{
    /// <summary>The spec of one <c>CreatePipelineRequest</c> document over the built-in defaults; or what is wrong with it.</summary>
    public static Result<PipelineSpec> Read(string json) => Parse(json).Then(draft => Read(draft));

    /// <summary>(1)</summary>
    internal static Result<SpecDraft> Parse(string json) =>
        ParseObject(json)
            .Then(given =>
            {
                var warnings = new List<string>();
                PipelineJobReader.ToText(given);
                return OldSpec.Translate(given, warnings) is { } refused
                    ? refused
                    : SpecShapes
                        .CreatePipelineRequest.Normalise(given)
                        .Select(fields => new SpecDraft(fields?.AsObject() ?? [], json, warnings));
            });

    /// <summary>(2 to 4)</summary>
    /// <param name="defaults">Normalised specs, the later over the earlier; the built-in ones are below them.</param>
    internal static Result<PipelineSpec> Read(SpecDraft draft, params ReadOnlySpan<JsonObject> defaults)
    {
        JsonNode? merged = null;
        foreach (var layer in (ReadOnlySpan<JsonObject>)[.. defaults, draft.Fields])
        {
            merged = MergePatch.Apply(merged, layer);
        }

        var spec = merged?.AsObject() ?? [];
        SetOptionsAside(spec);
        return Build(spec)
            .Select(read => read with { UserJson = draft.UserJson, Warnings = [.. draft.Warnings, .. read.Warnings] })
            .Then<PipelineSpec>(read =>
                (SpecRules.Check(read, new(spec)) ?? NotYetRunnable.Check(read)) is { } refused ? refused : read
            );
    }

    /// <summary>The spec of a stored pipeline, which passed the checks of its time once already.</summary>
    /// <param name="userJson">Empty: of before there were defaults.</param>
    internal static PipelineSpec ReadStored(string json, string userJson = "")
    {
        var spec = Parse(json).Then(draft => Build(draft.Fields)).Value;
        return spec with { UserJson = userJson.Length > 0 ? userJson : spec.Json };
    }

    /// <summary>A JSON object of any kind.</summary>
    internal static Result<JsonObject> ParseObject(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject given)
            {
                return Errors.MalformedSpec("it must be a JSON object");
            }

            // Writing it finds what is written twice, and texts that are none.
            given.ToJsonString();
            return given;
        }
        catch (JsonException error)
        {
            return Errors.MalformedSpec(error.Message);
        }
        catch (ArgumentException)
        {
            return Errors.MalformedSpec("a field is written twice");
        }
        catch (InvalidOperationException)
        {
            return Errors.MalformedSpec("a text has half of a UTF-16 character");
        }
    }

    private static Result<PipelineSpec> Build(JsonObject spec)
    {
        FillIn(spec);
        var fields = new SpecFields(spec);
        var named = fields.Message("pipeline");
        var pipeline = new PipelineRef(
            named?.Message("project")?.Text("name", "default") ?? "default",
            named?.Text("name") ?? ""
        );
        if (SpecRules.CheckName(pipeline) is { } refused)
        {
            return refused;
        }

        SetProject(spec, pipeline);
        return TrainingJobReader
            .Read(spec, fields, pipeline)
            .Then(code => ReadInput(spec, pipeline).Then(input => Assemble(spec, fields, pipeline, code, input)));
    }

    private static Result<Input> ReadInput(JsonObject spec, PipelineRef pipeline) =>
        spec["spout"] is not null && spec["input"] is null
            ? new Input.None()
            : new InputReader(pipeline).Read(spec["input"] as JsonObject);

    // (3)
    private static Result<PipelineSpec> Assemble(
        JsonObject spec,
        SpecFields fields,
        PipelineRef pipeline,
        SpecCode code,
        Input input
    )
    {
        var scheduling = fields.Message("schedulingSpec");
        var read = new PipelineSpec
        {
            Pipeline = pipeline,
            Description = fields.Text("description"),
            Transform = code.Transform,
            TrainingJob = code.Job?.Job,
            Warnings = code.Job?.Warnings ?? [],
            Input = input,
            Service = PartReader.ReadService(fields.Message("service")),
            Spout = PartReader.ReadSpout(fields.Message("spout")),
            Parallelism = Math.Max(fields.Message("parallelismSpec")?.SmallNumber("constant", 1) ?? 1, 1),
            Autoscaling = fields.Flag("autoscaling"),
            OutputBranch = fields.Text("outputBranch"),
            S3Out = fields.Flag("s3Out"),
            Egress = PartReader.ReadEgress(fields.Message("egress")),
            DatumSets = PartReader.ReadDatumSets(fields.Message("datumSetSpec")),
            ResourceRequests = PartReader.ReadResources(fields.Message("resourceRequests")),
            ResourceLimits = PartReader.ReadResources(fields.Message("resourceLimits")),
            PriorityClass = scheduling?.Text("priorityClassName") ?? "",
            NodeSelector = scheduling?.Map("nodeSelector") ?? new Dictionary<string, string>(),
            DatumTimeout = fields.Duration("datumTimeout"),
            JobTimeout = fields.Duration("jobTimeout"),
            MaximumExpectedUptime = fields.Duration("maximumExpectedUptime"),
            DatumTries = fields.SmallNumber("datumTries"),
            ReprocessesEveryJob = fields.Text("reprocessSpec") == ReprocessSpecs.EveryJob,
            Salt = fields.Text("salt") is { Length: > 0 } salt ? salt : null,
            HasSpecCommit = fields.Has("specCommit"),
            Json = spec.ToJsonString(),
        };
        return fields.Error is { } error ? error : read;
    }

    /// <summary>The defaults of Pachyderm's own server.</summary>
    private static void FillIn(JsonObject spec)
    {
        Default(spec, "outputBranch", "master");
        Default(spec, "reprocessSpec", ReprocessSpecs.UntilSuccess);
        TrainingJobReader.FillIn(spec);
        spec["datumTries"] ??= 3;
        if (spec["transform"] is JsonObject transform)
        {
            Default(transform, "image", "ubuntu:20.04");
        }
    }

    /// <summary>How a call is to be made is no part of the pipeline.</summary>
    private static void SetOptionsAside(JsonObject spec)
    {
        spec.Remove("update");
        spec.Remove("reprocess");
        spec.Remove("dryRun");
    }

    private static void Default(JsonObject values, string field, string value)
    {
        if (values[field] is null || values[field] is JsonValue given && given.ToString().Length == 0)
        {
            values[field] = value;
        }
    }

    private static void SetProject(JsonObject spec, PipelineRef pipeline) =>
        spec["pipeline"] = new JsonObject
        {
            ["project"] = new JsonObject { ["name"] = pipeline.Project },
            ["name"] = pipeline.Name,
        };
}
