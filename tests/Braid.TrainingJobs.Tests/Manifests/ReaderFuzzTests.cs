using System.Text;
using System.Text.Json.Nodes;
using Braid.Testing;
using Braid.TrainingJobs.Manifests;
using Xunit.Abstractions;

namespace Braid.TrainingJobs.Tests.Manifests;

/// <summary>The reader answers any text; only bugs throw.</summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] scraps =
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        "-",
        "\n",
        "  ",
        "\"",
        "'",
        "*a",
        "&a ",
        "<<: ",
        "---\n",
        "...",
        "|",
        ">",
        "#",
        "!!str ",
        "null",
        "0x",
        "\\ud800",
        "\ud83e",
        "\0",
        "1e999",
        "-1",
        "~",
        "? ",
        "%YAML 1.1",
        "\t",
        "replicas: 3000000000",
        "Worker: null",
        "status: {conditions: [{}]}",
    ];

    [Fact]
    public void Damaged_manifests_are_refused_or_read_and_never_throw()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        string[] whole =
        [
            Samples.Mnist,
            Samples.Yaml(
                "PyTorchJob",
                "Master=1 Worker=2",
                "elasticPolicy: {minReplicas: 1, rdzvConf: [{key: a, value: b}]}"
            ),
            ManifestWriter.ToJsonText(Samples.Admitted("MPIJob", "Launcher=1 Worker=2")),
        ];
        for (var i = 0; i < 4000; i++)
        {
            var text = Damaged(whole[random.Next(whole.Length)], random);
            var read = ManifestReader.Read(text);
            if (read.IsOk)
            {
                Assert.All(read.Value, manifest => Survives(manifest.Job));
            }
        }
    }

    /// <summary>What was read is admitted or refused, and can be written and read again.</summary>
    private static void Survives(TrainingJob job)
    {
        Admission.Create(job);
        var again = Assert.Single(ManifestReader.Read(ManifestWriter.ToYaml(job)).Value).Job;
        Assert.True(
            JsonNode.DeepEquals(ManifestWriter.ToJson(job), ManifestWriter.ToJson(again)),
            ManifestWriter.ToYaml(job)
        );
    }

    private static string Damaged(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(4))
            {
                case 0:
                    damaged.Remove(at, Math.Min(random.Next(1, 12), damaged.Length - at));
                    break;
                case 1:
                    damaged.Insert(at, scraps[random.Next(scraps.Length)]);
                    break;
                case 2:
                    damaged[at] = (char)random.Next(1, 128);
                    break;
                default:
                    var from = random.Next(damaged.Length);
                    damaged.Insert(at, damaged.ToString(from, Math.Min(random.Next(1, 40), damaged.Length - from)));
                    break;
            }
        }

        return damaged.ToString();
    }
}
