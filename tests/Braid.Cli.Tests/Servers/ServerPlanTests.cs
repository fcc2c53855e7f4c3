using Braid.Cli.CommandLine;
using Braid.Cli.Servers.AsMLflow;
using Braid.Cli.Tests.MLflowImports;
using Braid.Testing;

namespace Braid.Cli.Tests.Servers;

/// <summary>Command lines of <c>mlflow server</c>, as options of <c>serve</c>.</summary>
public sealed class ServerPlanTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Host_port_and_a_SQLite_file_are_translated()
    {
        var plan = Plan(
            "--host",
            "0.0.0.0",
            "-p",
            "5005",
            "--backend-store-uri",
            $"sqlite:///{folder.File("mlflow.db")}"
        );

        Assert.Equal(
            ["--mlflow-port", "5005", "--bind", "0.0.0.0", "--data", folder.File("mlflow.braid")],
            plan.Options
        );
        Assert.Equal([$"runs are kept in {folder.File("mlflow.braid")}"], plan.Notes);
    }

    [Fact]
    public void Variables_stand_for_flags_and_flags_win()
    {
        var variables = new Dictionary<string, string>
        {
            ["MLFLOW_PORT"] = "6000",
            ["MLFLOW_HOST"] = "::1",
            ["MLFLOW_BACKEND_STORE_URI"] = "postgresql+psycopg2://me@db/braid",
            ["BRAID_DATA"] = "/srv/braid",
        };

        var plan = ServerPlan.For(["--port=6001"], variables.GetValueOrDefault);

        Assert.Equal(
            [
                "--mlflow-port",
                "6001",
                "--bind",
                "::1",
                "--data",
                "/srv/braid",
                "--database",
                "postgresql://me@db/braid",
            ],
            plan.Options
        );
    }

    [Fact]
    public void Destinations_become_the_place_of_blobs_and_serves_own_options_go_through()
    {
        var plan = Plan(
            "--artifacts-destination",
            "s3://bucket/mlflow",
            "--default-artifact-root",
            "mlflow-artifacts:/",
            "--data",
            "/srv/braid",
            "--app-name",
            "basic-auth",
            "--web-port",
            "0"
        );

        Assert.Equal(
            [
                "--mlflow-port",
                "5000",
                "--blobs",
                "s3://bucket/mlflow",
                "--auth",
                "--data",
                "/srv/braid",
                "--web-port",
                "0",
            ],
            plan.Options
        );
    }

    [Fact]
    public void What_is_ignored_is_told_once()
    {
        var plan = Plan(
            "--workers",
            "4",
            "--workers",
            "8",
            "--gunicorn-opts",
            "--log-level debug",
            "--data",
            "/srv/braid"
        );

        Assert.Equal(
            [
                "--workers is ignored: one process serves all",
                "--gunicorn-opts is ignored: one process serves all",
                "runs are kept in /srv/braid",
            ],
            plan.Notes
        );
    }

    [Theory]
    [InlineData("--static-prefix: there is no prefix here", "--static-prefix", "/mlflow")]
    [InlineData("--artifacts-only: one server does both", "--artifacts-only")]
    [InlineData(
        "runs are kept in SQLite (sqlite:///FILE) or PostgreSQL",
        "--backend-store-uri",
        "mysql://me@db/mlflow"
    )]
    [InlineData("artifacts cannot be kept in gs://bucket", "--artifacts-destination", "gs://bucket")]
    [InlineData("--host needs a value", "--host")]
    [InlineData("only basic-auth is known", "--app-name", "mine")]
    public void What_is_not_so_here_is_refused_with_a_reason(string reason, params string[] words) =>
        Assert.Contains(reason, Assert.Throws<Failure>(() => Plan(["--data", "/srv/braid", .. words])).Message);

    [Theory]
    [InlineData("database-2.22")]
    [InlineData("mlruns-3.3")]
    public async Task What_MLflow_has_written_is_refused_with_the_command_that_imports_it(string name)
    {
        var source = await MLflowSources.UnpackAsync(name, folder.Path);

        var refusal = Assert.Throws<Failure>(() => Plan("--backend-store-uri", source));

        var data = folder.File(name.StartsWith("mlruns", StringComparison.Ordinal) ? "mlruns.braid" : "mlflow.braid");
        Assert.Contains($"braid import mlflow --from {source} --data {data}", refusal.Message);
    }

    [Fact]
    public async Task Once_it_was_imported_the_same_command_line_starts_the_server()
    {
        var source = await MLflowSources.UnpackAsync("database-2.22", folder.Path);
        Directory.CreateDirectory(folder.File("mlflow.braid"));
        await File.WriteAllTextAsync(folder.File("mlflow.braid/endpoints.json"), "{}");

        var plan = Plan("--backend-store-uri", source);

        Assert.Equal(["--mlflow-port", "5000", "--data", folder.File("mlflow.braid")], plan.Options);
    }

    private static ServerPlan Plan(params string[] words) => ServerPlan.For(words, _ => null);
}
