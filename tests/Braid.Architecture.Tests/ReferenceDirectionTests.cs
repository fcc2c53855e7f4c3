using System.Xml.Linq;
using Braid.Testing;

namespace Braid.Architecture.Tests;

/// <summary>The direction of every arrow between modules, read from the project files.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly string[] doors =
    [
        "Braid.Gateway.Pachyderm",
        "Braid.Gateway.ClearML",
        "Braid.Gateway.MLflow",
        "Braid.Gateway.S3",
        "Braid.Gateway.Web",
    ];

    private static readonly string[] domains = ["Braid.Data", "Braid.Tracking", "Braid.Compute"];

    private static readonly string[] foundations =
    [
        "Braid.Primitives",
        "Braid.Storage",
        "Braid.Metadata",
        "Braid.Access",
    ];

    /// <summary>What each module may refer to; a module that is not here does not exist.</summary>
    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["Braid.Primitives"] = [],
        ["Braid.Grpc"] = [],
        ["Braid.Protos"] = [],
        ["Braid.Client"] = [],
        ["Braid.Fuse"] = [],
        ["Braid.TensorBoard"] = [],
        ["Braid.Scoring"] = [],
        ["Braid.Grpc.Hosting"] = ["Braid.Grpc"],
        ["Braid.Scheduling"] = ["Braid.Primitives"],
        ["Braid.Storage"] = ["Braid.Primitives"],
        ["Braid.TrainingJobs"] = ["Braid.Primitives"],
        ["Braid.Metadata"] = ["Braid.Primitives"],
        ["Braid.Access"] = ["Braid.Primitives", "Braid.Metadata"],
        ["Braid.Data"] = foundations,
        ["Braid.Tracking"] = foundations,
        ["Braid.Compute"] = foundations,
        ["Braid.Workloads"] = [.. foundations, "Braid.Tracking", "Braid.Scheduling", "Braid.TrainingJobs"],
        ["Braid.Agent"] = ["Braid.Primitives", "Braid.Compute"],
        ["Braid.Pipelines"] = [.. foundations, .. domains, "Braid.TrainingJobs"],
        ["Braid.Gateway.Pachyderm"] =
        [
            .. foundations,
            .. domains,
            "Braid.Pipelines",
            "Braid.Grpc",
            "Braid.Grpc.Hosting",
            "Braid.Protos",
        ],
        ["Braid.Gateway.ClearML"] = [.. foundations, .. domains, "Braid.Pipelines", "Braid.Workloads"],
        ["Braid.Gateway.MLflow"] = [.. foundations, .. domains, "Braid.Pipelines"],
        ["Braid.Gateway.S3"] = [.. foundations, .. domains, "Braid.Pipelines"],
        ["Braid.Gateway.Web"] =
        [
            .. foundations,
            .. domains,
            "Braid.Pipelines",
            "Braid.Workloads",
            "Braid.Agent",
            "Braid.TensorBoard",
        ],
        ["Braid.Server"] =
        [
            .. foundations,
            .. domains,
            "Braid.Pipelines",
            "Braid.Workloads",
            "Braid.Scheduling",
            "Braid.Agent",
            .. doors,
        ],
        ["Braid.Cli"] = ["Braid.Client", "Braid.Grpc", "Braid.Protos", "Braid.Fuse", "Braid.TensorBoard"],
    };

    [Fact]
    public void Every_reference_points_to_the_left()
    {
        var wrong = Modules()
            .SelectMany(module => module.References.Select(reference => (module.Name, reference)))
            .Where(arrow => !allowed.TryGetValue(arrow.Name, out var may) || !may.Contains(arrow.reference))
            .Select(arrow => $"{arrow.Name} -> {arrow.reference}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_module_is_drawn_and_none_is_empty()
    {
        var modules = Modules();
        Assert.Equal(allowed.Keys.Order(), modules.Select(module => module.Name).Order());
        Assert.DoesNotContain(modules, module => module.Files == 0);
    }

    [Fact]
    public void Every_module_has_a_readme_of_one_screen()
    {
        var wrong = Modules()
            .Where(module => !File.Exists(Path.Combine(module.Folder, "README.md")))
            .Select(module => module.Name);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("Braid.slnx"));
        var missing = ProjectFiles("src", "proto", "tests", "examples", "bench")
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !solution.Contains(path, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static List<Module> Modules() => [.. ProjectFiles("src", "proto").Select(Read)];

    private static IEnumerable<string> ProjectFiles(params string[] folders) =>
        folders
            .Select(folder => Repository.PathOf(folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories));

    private static Module Read(string path)
    {
        var references = XDocument
            .Load(path)
            .Descendants("ProjectReference")
            .Select(element =>
                Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value.Replace('\\', '/'))
            );
        var folder = Path.GetDirectoryName(path)!;
        var files = Directory
            .EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Count(file =>
                file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".proto", StringComparison.Ordinal)
            );
        return new(Path.GetFileNameWithoutExtension(path), folder, [.. references], files);
    }

    private sealed record Module(string Name, string Folder, IReadOnlyList<string> References, int Files);
}
