using Braid.Client.Records;
using Braid.Testing;

namespace Braid.Client.Tests.Doors;

/// <summary>One of everything that can be logged.</summary>
internal static class EverythingLogged
{
    public static readonly byte[] Pixels = [255, 0, 0, 0, 255, 0];

    public static void To(Experiment experiment, TempFolder folder)
    {
        Directory.CreateDirectory(folder.File("model"));
        File.WriteAllText(folder.File("model/weights.bin"), "weights");
        File.WriteAllText(folder.File("notes.txt"), "notes");
        experiment.LogParams(new Dictionary<string, object?> { ["rate"] = 0.1, ["deep"] = true });
        experiment.LogHyperparameters(new Dictionary<string, object?> { ["width"] = 64 });
        experiment.LogMetric("loss", 2.5, 0);
        experiment.LogMetric("loss", double.NaN, 1);
        experiment.LogMetric("accuracy/validation", 0.75, 3);
        experiment.LogHistogram<double>("weights", [1, 2, 2, 3], 4, bins: 2);
        experiment.LogImage("samples", Pixels, 2, 1, 3, 5);
        experiment.LogFigure("roc", """{"data":[{"type":"scatter","y":[1,2]}],"layout":{}}""", 6);
        experiment.LogText("story", "Once upon a time", 7);
        experiment.LogTable(
            "errors",
            ["name", "count"],
            [
                ["a", 1],
                ["b", 2.5],
            ],
            8
        );
        experiment.LogAudio("sound", [0f, 0.5f, -0.5f], 8000, step: 9);
        experiment.LogTag("stage", "trial");
        experiment.AddTags("best", "fast");
        experiment.LogNote("what this is about");
        experiment.LogLine("epoch 1");
        experiment.LogArtifact(folder.File("notes.txt"), kind: ArtifactKind.Report);
        experiment.LogArtifact("config.json", "{}"u8, "settings", ArtifactKind.Config);
        experiment.LogModel("digits", folder.File("model"), "a small one", framework: "none");
    }
}
