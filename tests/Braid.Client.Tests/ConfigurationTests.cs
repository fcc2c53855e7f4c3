using Braid.Client.Backends;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.MLflow;
using Braid.Client.Configuration;

namespace Braid.Client.Tests;

public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string> none = [];

    [Fact]
    public void Config_goes_before_keywords_before_environment_before_dotenv()
    {
        string? Project(string? config, string? keyword, string? variable, string? dotEnv) =>
            OptionsReader
                .Read(
                    new(
                        config is null ? none : new() { ["project"] = config },
                        keyword is null ? none : new() { ["project"] = keyword },
                        name => name == "TRACELET_PROJECT" ? variable : null,
                        name => name == "TRACELET_PROJECT" ? dotEnv : null,
                        _ => null
                    )
                )
                .Run.Project;

        Assert.Equal("config", Project("config", "keyword", "environment", ".env"));
        Assert.Equal("keyword", Project(null, "keyword", "environment", ".env"));
        Assert.Equal("environment", Project(null, null, "environment", ".env"));
        Assert.Equal(".env", Project(null, null, null, ".env"));
        Assert.Null(Project(null, null, null, null));
    }

    [Fact]
    public void An_unknown_backend_is_refused_with_the_list_of_those_there_are()
    {
        var refused = Assert.Throws<ArgumentException>(() => Read(("TRACELET_BACKEND", "comet")));
        Assert.Contains("braid, clearml, mlflow, folder, clearml-offline, wandb", refused.Message);
    }

    [Fact]
    public void Aim_is_refused_with_the_reason() =>
        Assert.Contains(
            "no documented protocol",
            Assert.Throws<ArgumentException>(() => Read(("TRACELET_BACKEND", "aim"))).Message
        );

    [Fact]
    public void An_unknown_key_of_the_config_is_refused_with_the_list_of_those_there_are()
    {
        var refused = Assert.Throws<ArgumentException>(() =>
            Experiment.StartLogging(config: new Dictionary<string, object?> { ["projct"] = "x" })
        );
        Assert.Contains("projct", refused.Message);
        Assert.Contains("task_type", refused.Message);
    }

    [Fact]
    public void Several_backends_come_from_one_text_in_its_order()
    {
        var options = Read(("TRACELET_BACKEND", "folder, mlflow"), ("MLFLOW_TRACKING_URI", "http://a:5000"));
        Assert.Equal(["folder", "mlflow"], options.Backends.Select(backend => backend.Name));
        Assert.Equal("http://a:5000/", options.Backends[1].Address);
    }

    [Theory]
    [InlineData("mlflow", "MLFLOW_TRACKING_URI", "http://a:5000")]
    [InlineData("clearml", "CLEARML_API_HOST", "http://a:8008")]
    public void Without_a_word_the_backend_is_the_one_whose_address_is_known(
        string name,
        string variable,
        string address
    ) => Assert.Equal(name, Read((variable, address)).Backends.Single().Name);

    [Fact]
    public void Inside_a_job_and_after_braid_env_the_backend_is_braid() =>
        Assert.Equal(
            "braid",
            Read(
                ("BRAID_ACCESS_KEY", "k"),
                ("CLEARML_API_HOST", "http://a:8008"),
                ("MLFLOW_TRACKING_URI", "http://a:5000")
            )
                .Backends.Single()
                .Name
        );

    [Fact]
    public void Address_and_key_of_the_only_backend_have_keys_of_their_own()
    {
        var settings = SettingsOf(("TRACELET_BACKEND_URL", "http://a:8008"), ("TRACELET_API_KEY", "access:sec:ret"));
        var options = ClearMLOptions.Read(settings, isOnly: true)!;
        Assert.Equal(
            ("http://a:8008/", "http://a:8081/", "access", "sec:ret"),
            (options.ApiHost.AbsoluteUri, options.FilesHost.AbsoluteUri, options.AccessKey, options.SecretKey)
        );
        Assert.Null(ClearMLOptions.Read(settings, isOnly: false));
    }

    [Fact]
    public void Settings_of_a_run_are_read()
    {
        var options = Read(
            ("CLEARML_TASK_NAME", "name"),
            ("TRACELET_TASK_TYPE", "testing"),
            ("TRACELET_TAGS", "a, b"),
            ("TRACELET_CONTINUE_LAST_TASK", "true"),
            ("TRACELET_AUTO_CONNECT_STREAMS", "1"),
            ("TRACELET_AUTO_RESOURCE_MONITORING", "yes"),
            ("TRACELET_FLUSH_TIMEOUT", "2.5")
        );
        Assert.Equal(
            ("name", "testing", Continuation.ContinueLast),
            (options.Run.Name, options.Run.TaskType, options.Run.Continuation)
        );
        Assert.Equal(["a", "b"], options.Run.Labels);
        Assert.True(options.ConnectStreams);
        Assert.Equal(TimeSpan.FromSeconds(10), options.ResourceInterval);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.FlushTimeout);
    }

    [Fact]
    public void A_run_to_go_on_with_may_be_named_by_its_id()
    {
        var options = Read(("TRACELET_CONTINUE_LAST_TASK", "0123abc"));
        Assert.Equal((Continuation.ContinueLast, "0123abc"), (options.Run.Continuation, options.Run.RunId));
    }

    [Theory]
    [InlineData("TRACELET_FLUSH_TIMEOUT", "soon")]
    [InlineData("TRACELET_RESUME_SPOOLED", "maybe")]
    [InlineData("MLFLOW_TRACKING_URI", "not an address")]
    [InlineData("CLEARML_API_HOST", "ftp://a")]
    [InlineData("RANK", "first")]
    public void What_is_wrong_is_told_before_anything_is_logged(string variable, string value) =>
        Assert.Contains(value, Assert.Throws<ArgumentException>(() => Read((variable, value))).Message);

    [Fact]
    public void A_rank_is_read_as_launchers_set_it()
    {
        var ranks = Read(("RANK", "3"), ("WORLD_SIZE", "8"), ("MASTER_ADDR", "a"), ("MASTER_PORT", "29500")).Ranks;
        Assert.Equal((3, 8), (ranks.Rank, ranks.WorldSize));
        Assert.StartsWith("a\n29500", ranks.Launch);
    }

    [Fact]
    public void Clearml_conf_tells_hosts_and_keys()
    {
        var conf = ClearMLConf.Parse(
            """
            # ClearML SDK configuration file
            api {
                // comment
                web_server: http://127.0.0.1:8080
                api_server: http://127.0.0.1:8008   # behind a value
                files_server = "http://127.0.0.1:8081"
                credentials {"access_key" = "KEY", "secret_key"  = "SE#CRET"}
            }
            sdk { development { default_output_uri: "" }, list: [a, b] }
            api.verify_certificate: true
            """
        );
        Assert.Equal("http://127.0.0.1:8008", conf["api.api_server"]);
        Assert.Equal("http://127.0.0.1:8081", conf["api.files_server"]);
        Assert.Equal(("KEY", "SE#CRET"), (conf["api.credentials.access_key"], conf["api.credentials.secret_key"]));
        Assert.Equal("true", conf["api.verify_certificate"]);
    }

    [Fact]
    public void A_file_dotenv_has_quotes_comments_and_exports()
    {
        var values = DotEnv.Parse(["# comment", "A=1", "export B='two words'", "C=\"#3\"", "D=4 # four", "nothing"]);
        Assert.Equal(["1", "two words", "#3", "4"], values.Values);
    }

    [Fact]
    public void Mlflow_takes_names_keys_and_tokens_of_its_own_client()
    {
        var options = MLflowOptions.Read(
            SettingsOf(
                ("MLFLOW_TRACKING_URI", "https://a"),
                ("MLFLOW_TRACKING_USERNAME", "u"),
                ("MLFLOW_TRACKING_PASSWORD", "p"),
                ("MLFLOW_EXPERIMENT_ID", "7")
            ),
            isOnly: false
        )!;
        Assert.Equal(("u", "p", "7", null), (options.Username, options.Password, options.ExperimentId, options.Token));
    }

    private static LoggingOptions Read(params (string Name, string Value)[] variables) =>
        OptionsReader.Read(SettingsOf(variables));

    private static Settings SettingsOf(params (string Name, string Value)[] variables)
    {
        var given = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return new(none, none, given.GetValueOrDefault, _ => null, _ => null);
    }
}
