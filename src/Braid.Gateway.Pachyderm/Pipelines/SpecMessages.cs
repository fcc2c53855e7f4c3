using System.Text.Json.Nodes;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>Pipeline specs between their message and the JSON text that the pipelines' domain reads.</summary>
internal static class SpecMessages
{
    private static readonly JsonParser lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The spec of a message over the built-in defaults.</summary>
    public static Result<PipelineSpec> Read(Pps.CreatePipelineRequest request) => SpecReader.Read(Format(request));

    /// <summary>The text of a message; what it says about how to run the call is left out.</summary>
    public static string Format(Pps.CreatePipelineRequest request)
    {
        var spec = request.Clone();
        spec.Update = false;
        spec.Reprocess = false;
        spec.DryRun = false;
        return JsonFormatter.Default.Format(spec);
    }

    /// <summary>The message of a spec. Durations come from the spec itself: its text may say 1h30m, which no message does.</summary>
    public static Pps.CreatePipelineRequest Write(PipelineSpec spec)
    {
        var json = JsonNode.Parse(spec.Json)?.AsObject() ?? [];
        foreach (var duration in (string[])["datumTimeout", "jobTimeout", "maximumExpectedUptime"])
        {
            json.Remove(duration);
        }

        var message = lenient.Parse<Pps.CreatePipelineRequest>(json.ToJsonString());
        message.DatumTimeout = spec.DatumTimeout.ToWire();
        message.JobTimeout = spec.JobTimeout.ToWire();
        message.MaximumExpectedUptime = spec.MaximumExpectedUptime.ToWire();
        message.ParallelismSpec ??= new() { Constant = (ulong)spec.Parallelism };
        return message;
    }

    /// <summary>An input on its own, which the domain reads only within a spec.</summary>
    public static Result<Input> ReadInput(Pps.Input? input, string project) =>
        Read(
                new()
                {
                    Pipeline = new() { Project = WireNames.ToWire(project), Name = "preview" },
                    Transform = new() { Cmd = { "true" } },
                    Input = input,
                }
            )
            .Select(spec => spec.Input);
}
