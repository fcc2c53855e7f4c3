using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs;

/// <summary>
/// Reads a pipeline spec from protobuf JSON: 1 names are brought to camelCase and unknown ones refused; 2 defaults are
/// filled in; 3 the parts that the server acts on are read; 4 all is checked.
/// </summary>
public static class SpecReader
{
    private const int longestName = 51;
    private const int longestNames = 63;

    /// <summary>The spec of one <c>CreatePipelineRequest</c> document, defaults filled in; or what is wrong with it.</summary>
    public static Result<PipelineSpec> Read(string json)
    {
        try
        {
            return SpecShape
                .CreatePipelineRequest.Normalise(JsonNode.Parse(json))
                .Then(node => node is JsonObject spec ? Build(spec) : Errors.MalformedSpec("it must be a JSON object"));
        }
        catch (JsonException error)
        {
            return Errors.MalformedSpec(error.Message);
        }
        catch (ArgumentException)
        {
            return Errors.MalformedSpec("a field is written twice");
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
        if ((CheckName(pipeline) ?? CheckKind(fields)) is { } refused)
        {
            return refused;
        }

        SetProject(spec, pipeline);
        return ReadTransform(fields.Message("transform"))
            .Then(transform =>
                new InputReader(pipeline.Project)
                    .Read(spec["input"] as JsonObject)
                    .Then(input => Assemble(spec, fields, pipeline, transform, input))
            );
    }

    private static Result<PipelineSpec> Assemble(
        JsonObject spec,
        SpecFields fields,
        PipelineRef pipeline,
        Transform transform,
        Input input
    )
    {
        var parallelism = fields.Message("parallelismSpec");
        var read = new PipelineSpec
        {
            Pipeline = pipeline,
            Description = fields.Text("description"),
            Transform = transform,
            Input = input,
            Parallelism = (int)Math.Clamp(parallelism?.Number("constant", 1) ?? 1, 1, int.MaxValue),
            OutputBranch = fields.Text("outputBranch"),
            DatumTimeout = fields.Duration("datumTimeout"),
            JobTimeout = fields.Duration("jobTimeout"),
            DatumTries = (int)Math.Min(fields.Number("datumTries"), int.MaxValue),
            ReprocessesEveryJob = fields.Text("reprocessSpec") == ReprocessSpecs.EveryJob,
            Salt = fields.Text("salt") is { Length: > 0 } salt ? salt : null,
            Json = spec.ToJsonString(),
        };
        return (fields.Error ?? parallelism?.Error ?? Check(read, fields)) is { } error ? error : read;
    }

    private static Error? Check(PipelineSpec spec, SpecFields fields) =>
        spec.DatumTries < 1 ? Errors.BadDatumTries()
        : fields.Text("reprocessSpec") is not (ReprocessSpecs.UntilSuccess or ReprocessSpecs.EveryJob) and var text
            ? Errors.BadReprocessSpec(text)
        : InputNames.Check(spec.Input);

    private static Error? CheckName(PipelineRef pipeline) =>
        pipeline.Name.Length == 0 ? Errors.NoName()
        : pipeline.Name.Length > longestName ? Errors.NameTooLong(pipeline.Name, longestName)
        : $"{pipeline.Project}-{pipeline.Name}-v99".Length > longestNames ? Errors.NamesTooLong(pipeline, longestNames)
        : null;

    /// <summary>Kinds of pipelines, and ways to hand over output, that are not there yet.</summary>
    private static Error? CheckKind(SpecFields fields) =>
        fields.Has("tfJob") ? Errors.TfJob()
        : fields.Has("spout") ? Errors.NotSupported("a spout pipeline")
        : fields.Has("service") ? Errors.NotSupported("a service pipeline")
        : fields.Has("egress") ? Errors.NotSupported("egress")
        : fields.Flag("s3Out") ? Errors.NotSupported("s3_out")
        : null;

    private static Result<Transform> ReadTransform(SpecFields? fields)
    {
        if (fields is null)
        {
            return Errors.NoTransform();
        }

        var transform = new Transform
        {
            Image = fields.Text("image"),
            Cmd = fields.Texts("cmd"),
            Stdin = fields.Texts("stdin"),
            ErrCmd = fields.Texts("errCmd"),
            ErrStdin = fields.Texts("errStdin"),
            Env = fields.Map("env"),
            AcceptReturnCode = fields.Numbers("acceptReturnCode"),
            WorkingDir = fields.Text("workingDir"),
        };
        return (fields.Error ?? (transform.Cmd is [] ? Errors.NoCommand() : null)) is { } error ? error : transform;
    }

    /// <summary>The defaults of Pachyderm's own server.</summary>
    private static void FillIn(JsonObject spec)
    {
        Default(spec, "outputBranch", "master");
        Default(spec, "reprocessSpec", ReprocessSpecs.UntilSuccess);
        spec["datumTries"] ??= 3;
        if (spec["transform"] is JsonObject transform)
        {
            Default(transform, "image", "ubuntu:20.04");
        }
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
