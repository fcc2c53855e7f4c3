namespace Braid.Pipelines.Specs.Reading;

/// <summary>Reads the smaller parts of a normalised spec.</summary>
internal static class PartReader
{
    public static Service? ReadService(SpecFields? fields) =>
        fields is null
            ? null
            : new(
                fields.SmallNumber("internalPort"),
                fields.SmallNumber("externalPort"),
                fields.Text("ip"),
                fields.Text("type", "NodePort")
            );

    public static Spout? ReadSpout(SpecFields? fields) =>
        fields is null ? null : new(ReadService(fields.Message("service")));

    /// <summary>The older form of an egress is a URL alone.</summary>
    public static Egress? ReadEgress(SpecFields? fields) =>
        fields?.Message("sqlDatabase") is { } database ? ReadDatabase(database)
        : fields is null ? null
        : new Egress.ObjectStorage(fields.Message("objectStorage")?.Text("url") ?? fields.Text("URL"));

    public static Resources? ReadResources(SpecFields? fields)
    {
        var gpu = fields?.Message("gpu");
        return fields is null
            ? null
            : new()
            {
                Cpu = fields.Fraction("cpu"),
                MemoryBytes = fields.Bytes("memory"),
                DiskBytes = fields.Bytes("disk"),
                Gpus = gpu?.Number("number") ?? 0,
                GpuType = gpu?.Text("type") ?? "",
            };
    }

    public static DatumSets ReadDatumSets(SpecFields? fields) =>
        fields is null ? new() : new(fields.Number("number"), fields.Number("sizeBytes"), fields.Number("perWorker"));

    private static Egress.SqlDatabase ReadDatabase(SpecFields fields)
    {
        var format = fields.Message("fileFormat");
        var secret = fields.Message("secret");
        return new(
            fields.Text("url"),
            (SqlFileFormat)(format?.Choice("type", "UNKNOWN", "CSV", "JSON", "PARQUET") ?? 0),
            format?.Texts("columns") ?? [],
            secret?.Text("name") ?? "",
            secret?.Text("key") ?? ""
        );
    }
}
