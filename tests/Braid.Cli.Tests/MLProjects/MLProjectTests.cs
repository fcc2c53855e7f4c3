using Braid.Cli.CommandLine;
using Braid.Cli.MLProjects;
using Braid.Testing;

namespace Braid.Cli.Tests.MLProjects;

/// <summary>MLproject files: what becomes a command, and what is refused.</summary>
public sealed class MLProjectTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Values_take_their_places_as_one_word_each_and_others_come_behind()
    {
        var entry = await EntryAsync(
            """
            name: digits
            entry_points:
              main:
                parameters:
                  alpha: float
                  rate: {type: float, default: 1.0}
                  small: {default: 0.00001}
                  layers:
                    default: 64,32
                  fast: {default: true}
                command: "python train.py {alpha} {rate} {small} {layers} {fast} '{{x}}' ${{HOME}}"
            """
        );
        var values = entry.ValuesOf(new() { ["extra"] = "it's", ["alpha"] = "$(rm -rf x)" });
        Assert.Equal(["alpha", "rate", "small", "layers", "fast", "extra"], values.Keys);
        Assert.Equal(
            "python train.py '$(rm -rf x)' 1.0 1e-05 64,32 True '{x}' ${HOME} --extra 'it'\"'\"'s'",
            entry.CommandOf(values)
        );
    }

    [Fact]
    public async Task Parameters_without_a_value_are_named()
    {
        var entry = await EntryAsync("entry_points: {main: {parameters: {a: int, b: {type: int}, c: }, command: x}}");
        var refused = Assert.Throws<Failure>(() => entry.ValuesOf(new() { ["b"] = "1" }));
        Assert.Equal("No value given for missing parameters: 'a', 'c'", refused.Message);
    }

    [Theory]
    [InlineData("a", false)]
    [InlineData("/a:b", false)]
    [InlineData("s3://bucket/a", true)]
    public async Task A_parameter_of_type_uri_takes_addresses_only(string value, bool taken)
    {
        var entry = await EntryAsync("entry_points: {main: {parameters: {data: uri}, command: 'x {data}'}}");
        var refused = Record.Exception(() => entry.ValuesOf(new() { ["data"] = value }));
        Assert.Equal(taken ? null : $"Expected URI for parameter data but got {value}", refused?.Message);
    }

    [Fact]
    public async Task A_path_becomes_a_full_one_and_has_to_be_there()
    {
        File.WriteAllText(folder.File("data.csv"), "1");
        var entry = await EntryAsync("entry_points: {main: {parameters: {data: path}, command: 'x {data}'}}");
        var near = Path.GetRelativePath(Environment.CurrentDirectory, folder.File("data.csv"));
        Assert.Equal($"x {folder.File("data.csv")}", await CommandAsync(near));
        Assert.Equal($"x {folder.File("data.csv")}", await CommandAsync($"file://{folder.File("data.csv")}"));
        var gone = await Assert.ThrowsAsync<Failure>(() => CommandAsync("/no/such"));
        Assert.Equal("Got value /no/such for parameter data, but no such file or directory was found.", gone.Message);
        var far = await Assert.ThrowsAsync<Failure>(() => CommandAsync("s3://bucket/data"));
        Assert.StartsWith("cannot download s3://bucket/data for parameter data", far.Message);

        async Task<string> CommandAsync(string value) =>
            entry.CommandOf(
                await new PathParameters(null, TextWriter.Null).LocateAsync(
                    entry,
                    new() { ["data"] = value },
                    CancellationToken.None
                )
            );
    }

    [Theory]
    [InlineData("x {b}", "{b} in the command \"x {b}\" is no parameter of its entry point")]
    [InlineData("x {a!r}", "{a!r} in the command")]
    [InlineData("x {a", "a single '{' in the command")]
    [InlineData("x a}", "a single '}' in the command")]
    public void A_command_that_does_not_fit_is_refused(string command, string message)
    {
        var entry = new EntryPoint("main", [new("a", "int", "1")], command);
        Assert.StartsWith(message, Assert.Throws<Failure>(() => entry.CommandOf(entry.ValuesOf([]))).Message);
    }

    [Theory]
    [InlineData("train.py", "python train.py --a 1")]
    [InlineData("my {run}.sh", "/bin/zsh 'my {run}.sh' --a 1")]
    [InlineData("t.R", "Rscript -e \"mlflow::mlflow_source('t.R')\" --args --a 1")]
    public async Task Without_a_file_a_script_is_an_entry_point(string script, string command)
    {
        var entry = (await ReadAsync()).EntryPointOf(script, "/bin/zsh");
        Assert.Equal(command, entry.CommandOf(entry.ValuesOf(new() { ["a"] = "1" })));
    }

    [Fact]
    public async Task What_is_no_entry_point_and_no_script_is_refused_with_what_there_is()
    {
        Write("mlproject", "entry_points: {main: {command: x}, test: {command: y}}");
        var project = await ReadAsync();
        Assert.Equal(
            "Could not find eval among entry points ['main', 'test'] or interpret eval as a runnable script. "
                + "Supported script file extensions: ['.py', '.sh', '.R']",
            Assert.Throws<Failure>(() => project.EntryPointOf("eval", "sh")).Message
        );
    }

    [Theory]
    [InlineData("[1, 2]", "expected an object with fields")]
    [InlineData("entry_points: [a]", "entry_points should be a map")]
    [InlineData("entry_points: {main: {parameters: {a: int}}}", "entry point main has no command")]
    [InlineData("entry_points: {main: {command: x, parameters: [a]}}", "the parameters of entry point main")]
    [InlineData("entry_points: {main: {command: x, parameters: {a: {default: [1]}}}}", "a list or a map")]
    [InlineData("a: 1\n---\nb: 2", "expected one document")]
    [InlineData("a: &x [1]\nb: *x", "anchors and aliases")]
    [InlineData("a: b: c", "malformed MLproject in ")]
    [InlineData("conda_env: a\npython_env: b", "Project cannot contain multiple environment fields")]
    [InlineData("conda_env: none.yaml", "but no such file was found")]
    [InlineData("docker_env: {volumes: []}", "no image attribute found")]
    [InlineData("databricks_spark_job: {python_file: a}", "Databricks")]
    public async Task A_file_that_is_not_what_it_should_be_is_refused(string text, string message)
    {
        Write("MLproject", text);
        Assert.Contains(message, (await Assert.ThrowsAsync<Failure>(ReadAsync)).Message);
    }

    [Fact]
    public async Task A_file_made_to_exhaust_its_reader_is_refused()
    {
        Write("MLproject", $"a: {new string('[', 100_000)}");
        Assert.Contains("nested too deeply", (await Assert.ThrowsAsync<Failure>(ReadAsync)).Message);
        Write("MLproject", new string('#', (1 << 20) + 1));
        Assert.Contains("larger than", (await Assert.ThrowsAsync<Failure>(ReadAsync)).Message);
    }

    [Theory]
    [InlineData("MLproject", "docker_env: {image: py}", "the project wants the image py")]
    [InlineData("conda.yaml", "", "the project wants a conda environment (conda.yaml)")]
    [InlineData("python_env.yaml", "", "the project wants a Python environment (python_env.yaml)")]
    public async Task An_environment_is_not_made_and_local_is_the_present_one(string file, string text, string message)
    {
        Write(file, text);
        var wanted = (await ReadAsync()).Environment;
        var refused = Assert.Throws<Failure>(() => ProjectEnvironment.RequirePresent(wanted, null));
        Assert.StartsWith(message, refused.Message);
        Assert.EndsWith("with --env-manager local", refused.Message);
        ProjectEnvironment.RequirePresent(wanted, "local");
        Assert.Throws<Failure>(() => ProjectEnvironment.RequirePresent(null, "conda"));
        ProjectEnvironment.RequirePresent(null, null);
    }

    [Theory]
    [InlineData("Invalid format for -P parameter: 'a'. Use -P name=value.", "-P", "a")]
    [InlineData("Repeated parameter: 'a'", "-P", "a=1", "-P", "a=2")]
    [InlineData("Setting a version is only supported for Git project URIs", "-v", "main")]
    public async Task A_wrong_call_is_refused_before_anything_is_made(string message, params string[] flags)
    {
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync(["project", "run", folder.Path, .. flags]));
        Assert.Equal($"{message}\n", cli.Error);
    }

    private void Write(string file, string text) => File.WriteAllText(folder.File(file), text);

    private Task<MLProject> ReadAsync() => MLProjectFile.ReadAsync(folder.Path, CancellationToken.None);

    private async Task<EntryPoint> EntryAsync(string text)
    {
        Write("MLproject", text);
        return (await ReadAsync()).EntryPointOf("main", "bash");
    }
}
