using Braid.Scoring.Models;
using Braid.Testing;

namespace Braid.Scoring.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_without_python_function_is_refused_with_the_flavors_that_it_has() =>
        Assert.Equal(
            "the model has no flavor that can be served here: python_function is needed, it has onnx, crate",
            Refusal("flavors:\n  onnx:\n    data: model.onnx\n  crate:\n    version: 1\n")
        );

    [Theory]
    [InlineData("data")]
    [InlineData("code")]
    [InlineData("model_path")]
    public void A_model_names_no_file_beside_its_own(string name) =>
        Assert.Equal(
            "the model names ../elsewhere, which lies outside of its folder",
            Refusal($"flavors:\n  python_function:\n    loader_module: x\n    {name}: ../elsewhere\n")
        );

    [Theory]
    [InlineData("", "is not one map of names")]
    [InlineData("flavors: [", "cannot be read")]
    [InlineData("flavors: {python_function: {env: x}}", "has no loader_module")]
    [InlineData("flavors: {python_function: {loader_module: x}}\nsignature: {inputs: 'x'}", "no JSON")]
    [InlineData(
        "flavors: {python_function: {loader_module: x}}\nsignature: {inputs: '[{\"type\": \"date\"}]'}",
        "inputs of type date are not taken"
    )]
    public void A_file_that_is_no_description_of_a_model_is_refused(string file, string cause) =>
        Assert.Contains(cause, Refusal(file), StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_one_is_no_model() =>
        Assert.Contains(
            "holds no model",
            Assert.Throws<BadModelException>(() => ModelFolder.Read(folder.Path)).Message,
            StringComparison.Ordinal
        );

    private string Refusal(string file)
    {
        File.WriteAllText(folder.File("MLmodel"), file);
        return Assert.Throws<BadModelException>(() => ModelFolder.Read(folder.Path)).Message;
    }
}
