using System.Text.Json;
using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow.Tests.Wire;

public sealed class FieldsTests
{
    private static Fields Of(string json) => new(JsonDocument.Parse(json).RootElement);

    [Fact]
    public void Camel_case_names_are_the_same_fields() =>
        Assert.Equal("7", Of("""{"experimentId": "7"}""").Required("experiment_id"));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("\"1.5\"", 1.5)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    public void Doubles_come_as_numbers_or_texts(string json, double value) =>
        Assert.Equal(value, Of($$"""{"value": {{json}}}""").Number("value"));

    [Theory]
    [InlineData("12", "int")]
    [InlineData("1.5", "float")]
    [InlineData("[1, 2]", "list")]
    [InlineData("{\"a\": true}", "dict")]
    public void An_ill_typed_field_is_refused_with_its_type(string json, string type)
    {
        var fields = Of($$"""{"name": {{json}}}""");
        fields.Text("name");
        Assert.Equal(
            $"Invalid value {json.Replace(" ", "", StringComparison.Ordinal)} for parameter 'name' supplied:  Hint: Value was of type '{type}'."
                + " See the API docs for more information about request parameters.",
            fields.Problem?.Message
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name": ""}""")]
    [InlineData("""{"name": null}""")]
    public void A_missing_field_is_refused(string json)
    {
        var fields = Of(json);
        fields.Required("name");
        Assert.Equal(
            "Missing value for required parameter 'name'. See the API docs for more information about request parameters.",
            fields.Problem?.Message
        );
    }

    [Fact]
    public void The_first_problem_of_nested_fields_is_the_requests()
    {
        var fields = Of("""{"metrics": [{"key": "a"}, {}]}""");
        var read = fields.Objects("metrics").Select(metric => metric.Required("key")).ToList();
        Assert.Equal(["a", ""], read);
        Assert.StartsWith(
            "Missing value for required parameter 'metrics[1].key'.",
            fields.Problem?.Message,
            StringComparison.Ordinal
        );
    }
}
