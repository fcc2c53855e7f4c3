using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Braid.Cli.Tests.OfflineSessions;

/// <summary>A session as ClearML's SDK 2.1 writes it.</summary>
internal static class SessionZip
{
    public const string Id = "offline-f94bdecb0c6c47f1a5a20d54b6301a56";
    public const string ModelId = "offline-0123456789abcdef0123456789abcdef";
    public const string Folder = $"Vision/Ünï/my run.{Id}";
    public const string Root = $"/home/me/.clearml/cache/offline/{Id}";

    /// <summary>What <c>task.json</c> holds; a test changes what it is about.</summary>
    public static JsonObject Task() =>
        JsonNode
            .Parse(
                $$"""
                {"id":"{{Id}}","name":"my run","project_name":"Vision/Ünï","type":"training","tags":["a"],
                 "hyperparams":{"General":{"lr":{"section":"General","name":"lr","value":"0.1"} } },
                 "script":{"entry_point":"train.py"},"offline_folder":"{{Root}}",
                 "execution":{"model_desc":{},"artifacts":[
                  {"key":"made","type":"dict","mode":"output","uri":"{{Root}}/data/{{Folder}}/artifacts/made/a \"b\".json"},
                  {"key":"far","type":"custom","mode":"output","uri":"s3://bucket/far.bin"} ]},
                 "models":{"input":[{"name":"base","model":"0123456789abcdef0123456789abcdef"},{"name":"own","model":"{{ModelId}}"}]},
                 "offline_output_models":[{"id":"{{ModelId}}","init":{"name":"net","framework":"PyTorch","tags":["best"]},
                  "weights":{"weights_filename":"{{Root}}/models/net.pt"} }]}
                """
            )!
            .AsObject(); // it is one

    public static (string Name, string Text)[] Files(JsonObject task) =>
        [
            ("task.json", task.ToJsonString()),
            ("log.jsonl", $$"""[{"type":"log","task":"{{Id}}","msg":"hello"}]""" + "\n"),
            ("metrics.jsonl", string.Join('\n', Metrics) + "\n"),
            ($"data/{Folder}/artifacts/made/a \"b\".json", """{"x":1}"""),
            ($"data/{Folder}/metrics/img/s/img_s_00000000.jpeg", "jpeg"),
            ($"data/{Folder}/metrics/plot/p.png", "png"),
            ("models/net.pt", "weights"),
        ];

    public static string[] Metrics { get; } =
    [
        $$"""[{"type":"training_stats_scalar","task":"{{Id}}","iter":0,"metric":"loss","variant":"train","value":1.0},{"type":"training_stats_scalar","task":"{{Id}}","iter":1,"metric":"loss","variant":"train","value":0.5}]""",
        $$"""[{"type":"training_debug_image","task":"{{Id}}","iter":1,"metric":"img","variant":"s","key":"{{Folder}}/metrics/img/s/img_s_00000000.jpeg","url":"{{Root}}/data/x.jpeg"}]""",
        $$"""[{"type":"plot","task":"{{Id}}","iter":1,"metric":"p","variant":"s","plot_str":"{\"layout\":{\"images\":[{\"source\":\"{{Root}}/data/{{Folder}}/metrics/plot/p.png\"} ] } }"}]""",
        $$"""[{"type":"training_stats_scalar","task":"{{ModelId}}","iter":3,"metric":"acc","variant":"v","value":0.9}]""",
    ];

    public static void Write(string path, params (string Name, string Text)[] files)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
