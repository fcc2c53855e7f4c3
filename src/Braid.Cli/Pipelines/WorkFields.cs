using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Pipelines;

/// <summary>What the blocks of a pipeline and of a job have in common.</summary>
internal static class WorkFields
{
    public static void WriteResources(FieldList fields, string name, ResourceSpec? resources)
    {
        if (resources is null)
        {
            return;
        }

        fields.WriteHead(name);
        fields.Write("  CPU", $"{resources.Cpu}");
        fields.Write("  Memory", resources.Memory);
        if (resources.Disk.Length > 0)
        {
            fields.Write("  Disk", resources.Disk);
        }

        if (resources.Gpu is { } gpu)
        {
            fields.WriteHead("  GPU");
            fields.Write("    Type", gpu.Type);
            fields.Write("    Number", $"{gpu.Number}");
        }
    }

    public static void WriteTimeouts(FieldList fields, Duration? datum, Duration? job)
    {
        fields.WriteGiven("Datum Timeout", Text(datum));
        fields.WriteGiven("Job Timeout", Text(job));
    }

    public static void WriteEgress(FieldList fields, Egress? egress)
    {
        if (egress is not null)
        {
            fields.Write(
                "Egress",
                egress switch
                {
                    { ObjectStorage: { } storage } => storage.Url,
                    { SqlDatabase: { } database } => database.Url,
                    _ => egress.URL,
                }
            );
        }
    }

    private static string Text(Duration? span) => span is null ? "" : GoDuration.Text(span.ToTimeSpan());
}
