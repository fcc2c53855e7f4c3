using Braid.Cli.CommandLine;
using Braid.Cli.ModelServing;

namespace Braid.Cli.Tests.ModelServing;

public sealed class ModelUriTests
{
    public static TheoryData<string, object> Named { get; } =
        new()
        {
            { "models:/digits/3", new ModelVersion("digits", "3") },
            { "models:/a/b/3", new ModelVersion("a/b", "3") },
            { "models:/digits@champion", new AliasedModel("digits", "champion") },
            { "models:/digits/production", new StagedModel("digits", "Production") },
            { "models:/digits/latest", new StagedModel("digits", null) },
            { "models:/m-0123", new LoggedModel("m-0123") },
            { "runs:/0123/a/model", new RunModel("0123", "a/model") },
            { "mlflow-artifacts:/1/x", new StoredModel("mlflow-artifacts:/1/x") },
        };

    [Theory]
    [MemberData(nameof(Named))]
    public void A_model_is_named_as_MLflow_names_it(string text, object meant) =>
        Assert.Equal(meant, ModelUri.Parse(text));

    [Theory]
    [InlineData("models:/digits", "names no version")]
    [InlineData("models:/digits@", "names no version")]
    [InlineData("models:/digits/newest", "neither a version of digits nor a stage")]
    [InlineData("runs:/0123", "names no model of a run")]
    [InlineData("s3://bucket/model", "models are not fetched from s3://bucket/model: copy it into a folder")]
    [InlineData("nowhere", "there is no folder nowhere")]
    public void What_names_none_is_refused_with_what_to_write(string text, string cause)
    {
        var refused = Assert.Throws<Failure>(() => ModelUri.Parse(text));

        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
        Assert.Contains("models:/NAME@ALIAS", refused.Message, StringComparison.Ordinal);
    }
}
