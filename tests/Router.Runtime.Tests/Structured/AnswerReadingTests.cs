using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RouterGen.Runtime.Tests.Structured;

/// <summary>What emitted readers make of JSON, compared with the framework's serializer.</summary>
public class AnswerReadingTests
{
    private const string Complete = """
        {"the_text":"a \"b\" \u00e9 \ud83d\ude00","maybe":null,"flag":true,"tiny":-128,"octet":255,"short":-5,"word":65535,"number":-7,"unsigned":4294967295,"long":-9223372036854775808,
         "huge":18446744073709551615,"single":1.5,"double":-2.25e3,"decimal":79228162514264337593543950335,"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","at":"2024-05-01T10:00:00Z",
         "when":"2024-05-01T10:00:00+02:00","day":"2024-02-29","time":"14:30:05","link":"https://example.com/a?b=c","mood":"so-so","optionalMood":"Good","optionalNumber":3,
         "words":["x",""],"numbers":[1,2,3],"parts":[{"name":"bolt","count":4,"price":0.25}],"grades":[1,null,2.5],"gaps":[null,"y"],"moods":[["Bad"],[]],
         "only":{"name":"nut","count":1,"price":null},"other":null,"byName":{"a":{"name":"n","count":2,"price":1}},"counts":{"x":1,"y":null}}
        """;

    [Fact]
    public void All_types_are_read() => AssertSame(Complete, AnswerContext.Default.Everything);

    [Theory]
    [InlineData("""{"name":"root","children":[{"name":"a","children":[]}],"twin":{"name":"b","children":[],"twin":null}}""")]
    [InlineData("""{"name":"root","children":[]}""")]
    public void A_type_that_holds_itself_is_read(string json) => AssertSame(json, AnswerContext.Default.Tree);

    [Theory]
    [InlineData("""{"x":1,"y":2,"mood":"Good","name":"there"}""")]
    [InlineData("""{"x":1}""")]
    public void Defaults_hold_where_JSON_has_nothing(string json) => AssertSame(json, AnswerContext.Default.Point);

    [Theory]
    [InlineData("""{"celsius":21.5,"city":"Paris"}""")]
    [InlineData("""{"extra":[{"city":1}],"city":"Paris","celsius":21.5,"more":{"celsius":"x"}}""")]
    [InlineData("""{"city":"Rome","city":"Paris","celsius":1,"celsius":21.5}""")]
    [InlineData("Here it is, {as asked}:\n```json\n{\"city\":\"Paris\",\"celsius\":21.5}\n```\nAnything else?")]
    [InlineData("""{"note":"first"} {"city":"Paris","celsius":21.5}""")]
    [InlineData("""{"city":"Paris","celsius":21.5} {"city":"Rome","celsius":30}""")]
    [InlineData("{ }\n{\t\"c\\u0069ty\" : \"Paris\" , \"celsius\" : 21.5 }")]
    public void Order_further_members_and_words_around_do_not_matter(string text)
    {
        Assert.Null(Read(text, out Weather? weather));
        Assert.Equal(new Weather("Paris", 21.5), weather);
    }

    [Theory]
    [InlineData("", AnswerError.NoJson, "$", "the answer holds no JSON object")]
    [InlineData("It is warm in Paris.", AnswerError.NoJson, "$", "the answer holds no JSON object")]
    [InlineData("""["Paris",21]""", AnswerError.NoJson, "$", "the answer holds no JSON object")]
    [InlineData("""{"city":"Paris"}""", AnswerError.Mismatch, "$.celsius", "is missing")]
    [InlineData("""{"city":null,"celsius":1}""", AnswerError.Mismatch, "$.city", "expected a string, found null")]
    [InlineData("""{"city":"Paris","celsius":"warm"}""", AnswerError.Mismatch, "$.celsius", "expected a number, found \"warm\"")]
    [InlineData("""{"city":{"name":"Paris"},"celsius":1}""", AnswerError.Mismatch, "$.city", "expected a string, found an object")]
    public void What_does_not_fit_is_a_problem_with_its_place(string text, AnswerError error, string path, string message) =>
        Assert.Equal(new AnswerProblem(error, path, message), Read(text, out Weather? _));

    [Theory]
    [InlineData("number", "2147483648", "expected a whole number from -2147483648 to 2147483647, found 2147483648")]
    [InlineData("number", "1.5", "expected a whole number from -2147483648 to 2147483647, found 1.5")]
    [InlineData("single", "1e400", "expected a number, found 1e400")]
    [InlineData("id", "\"6f96\"", "expected a UUID, found \"6f96\"")]
    [InlineData("at", "\"tomorrow\"", "expected a date and time as in RFC 3339, found \"tomorrow\"")]
    [InlineData("day", "\"2023-02-29\"", "expected a date as yyyy-mm-dd, found \"2023-02-29\"")]
    [InlineData("time", "7", "expected a time as hh:mm:ss, found 7")]
    [InlineData("link", "null", "expected an address, found null")]
    [InlineData("mood", "\"ugly\"", "expected one of \"Good\", \"so-so\", \"Bad\", found \"ugly\"")]
    [InlineData("optionalMood", "true", "expected one of \"Good\", \"so-so\", \"Bad\", found true")]
    [InlineData("flag", "\"yes\"", "expected true or false, found \"yes\"")]
    [InlineData("numbers", "[1,\"2\"]", "expected a whole number from -2147483648 to 2147483647, found \"2\"", "[1]")]
    [InlineData("parts", "[{\"name\":\"a\"},{\"count\":1}]", "is missing", "[1].name")]
    [InlineData("parts", "[null]", "expected an object, found null", "[0]")]
    [InlineData("moods", "[[],[\"Good\",\"Fine\"]]", "expected one of \"Good\", \"so-so\", \"Bad\", found \"Fine\"", "[1][1]")]
    [InlineData("byName", "{\"a\":{\"name\":7}}", "expected a string, found 7", ".a.name")]
    [InlineData("words", "{}", "expected an array, found an object")]
    [InlineData("only", "[]", "expected an object, found an array")]
    public void Each_type_says_what_it_expected(string member, string value, string message, string below = "")
    {
        JsonNode node = JsonNode.Parse(Complete)!;
        node[member] = JsonNode.Parse(value);

        AnswerProblem? problem = Read(node.ToJsonString(), out Everything? _);

        Assert.Equal(new AnswerProblem(AnswerError.Mismatch, "$." + member + below, message), problem);
    }

    [Theory]
    [InlineData("""{"stars":6,"event":"abc"}""", "$.stars", "must be between 1 and 5, is 6")]
    [InlineData("""{"stars":5,"event":"abc","factor":0.4}""", "$.factor", "must be between 0.5 and 2.5, is 0.4")]
    [InlineData("""{"stars":5,"event":"a"}""", "$.event", "must have 2 to 5 characters, has 1")]
    [InlineData("""{"stars":5,"event":"abc","reader":"abc1"}""", "$.reader", "must match [a-z]+")]
    [InlineData("""{"stars":5,"event":"abc","value":[]}""", "$.value", "must have 1 to 2 items, has 0")]
    [InlineData("""{"stars":5,"event":"abc","nested":{"number":-1}}""", "$", "the type refuses its values: A number must not be negative.")]
    public void Rules_are_held(string json, string path, string message) =>
        Assert.Equal(new AnswerProblem(AnswerError.Mismatch, path, message), Read(json, out Outer.@class? _));

    [Fact]
    public void What_keeps_the_rules_is_read()
    {
        Assert.Null(Read("""{"stars":5,"event":"abc","factor":2.5,"reader":"abc","value":[1,2],"nested":{"number":3},"ignored":1}""", out Outer.@class? value));
        Assert.Equal((5, "abc", 2.5m, "abc", 2, 3), (value!.Stars, value.@event, value.Factor, value.Reader, value.Value!.Length, value.Nested!.Number));
    }

    [Theory]
    [InlineData("""{"city":"Paris","celsius":21.5""", "$.celsius")]
    [InlineData("""{"city":"Par""", "$.city")]
    [InlineData("""{"city":"Paris",}""", "$.city")]
    [InlineData("""{"city":"\ud83d","celsius":1}""", "$")]
    [InlineData("""{"x":[1,{"y":[[2,""", "$.x[1].y[0][0]")]
    public void Broken_JSON_is_told_from_other_JSON(string text, string path)
    {
        AnswerProblem problem = Read(text, out Weather? _)!;
        Assert.Equal((AnswerError.InvalidJson, path), (problem.Error, problem.Path));
        Assert.StartsWith("the answer is not valid JSON: ", problem.Message);
    }

    [Fact]
    public void What_the_output_limit_cut_is_told_from_broken_JSON()
    {
        AnswerProblem? problem = AnswerParser.Read(EmittedBinding<Weather>.Instance, """{"city":"Par""", isCut: true, out Weather? _);
        Assert.Equal(new AnswerProblem(AnswerError.Truncated, "$.city", "the answer ends here, at the output limit"), problem);
    }

    [Fact]
    public void A_context_of_the_user_reads_the_same()
    {
        ContextBinding<Weather> binding = ContextBinding<Weather>.Of(AnswerContext.Default.Weather);
        Assert.Null(AnswerParser.Read(binding, "```\n{\"city\":\"Paris\",\"celsius\":21.5}\n```", isCut: false, out Weather? weather));
        Assert.Equal(new Weather("Paris", 21.5), weather);
        Assert.Equal((AnswerError.Mismatch, "$.celsius"), Place(AnswerParser.Read(binding, """{"city":"Paris","celsius":"warm"}""", isCut: false, out _)));
        Assert.Equal((AnswerError.InvalidJson, "$.city"), Place(AnswerParser.Read(binding, """{"city":"Paris",""", isCut: false, out _)));
        Assert.Same(binding, ContextBinding<Weather>.Of(AnswerContext.Default.Weather));
        Assert.Throws<ArgumentException>(() => ContextBinding<List<int>>.Of(AnswerContext.Default.ListInt32));
    }

    /// <summary>Whatever is done to JSON: nothing is thrown, and what is read is what the serializer reads.</summary>
    [Fact]
    public void Damaged_JSON_is_read_as_the_serializer_reads_it()
    {
        var random = new Random(20240501);
        int read = 0;
        for (int run = 0; run < 4000; run++)
        {
            string text = run % 2 == 0 ? Mutate(JsonNode.Parse(Complete)!, random).ToJsonString() : Cut(Complete, random);
            if (Read(text, out Everything? value) is { } problem)
            {
                Assert.StartsWith("$", problem.Path);
                continue;
            }

            read++;
            if (!text.Contains("\"10:11\"")) AssertSame(text, AnswerContext.Default.Everything, value); // The serializer wants seconds.
        }

        Assert.InRange(read, 400, 3600);
    }

    /// <summary>An answer that was cut at any place is read as far as it goes; what is no text is there when it is whole.</summary>
    [Fact]
    public void Each_beginning_is_read()
    {
        Assert.Null(Read(Complete, out Everything? whole));
        var prefix = new JsonPrefix();
        Everything? last = null;
        foreach (char c in Complete)
        {
            prefix.Append(c.ToString());
            if (!prefix.TakeChange(ignoreEnds: false)) continue;
            Assert.True(EmittedBinding<Everything>.Instance.TryReadPartial(prefix.Complete(out long openString), openString, out last, out _));
            Assert.StartsWith(last.Text ?? "", whole!.Text);
            Assert.Contains(last.Number, (int[])[0, whole.Number]);
            Assert.Contains(last.Id, (Guid[])[Guid.Empty, whole.Id]);
            Assert.Contains(last.Mood, (Mood[])[default, whole.Mood]);
            Assert.Contains(last.Link, (Uri?[])[null, whole.Link]);
            Assert.True((last.Numbers ?? []).SequenceEqual(whole.Numbers.Take(last.Numbers?.Count ?? 0)));
            Assert.InRange(last.Parts?.Count ?? 0, 0, whole.Parts.Count);
        }

        Assert.Equal(JsonSerializer.Serialize(whole, AnswerContext.Default.Everything!), JsonSerializer.Serialize(last, AnswerContext.Default.Everything!));
    }

    private static JsonNode Mutate(JsonNode root, Random random)
    {
        string[] values = ["null", "true", "0", "-1", "300", "1e3", "\"Good\"", "\"\"", "[]", "{}", "[null]", "{\"name\":\"z\",\"count\":9,\"price\":2}", "\"2024-05-01\"", "\"10:11\""];
        JsonObject everything = root.AsObject();
        string member = everything.ElementAt(random.Next(everything.Count)).Key;
        if (random.Next(8) == 0) everything.Remove(member);
        else everything[member] = JsonNode.Parse(values[random.Next(values.Length)]);
        return root;
    }

    private static string Cut(string text, Random random)
    {
        int at = random.Next(text.Length);
        int length = Math.Min(random.Next(4), text.Length - at);
        string[] instead = ["", "", " ", "0", "\"", ",", "\\", "e"];
        return text[..at] + instead[random.Next(instead.Length)] + text[(at + length)..];
    }

    private static (AnswerError, string) Place(AnswerProblem? problem) => (problem!.Error, problem.Path);

    private static AnswerProblem? Read<T>(string text, out T? value)
        where T : IStructuredAnswer<T> => AnswerParser.Read(EmittedBinding<T>.Instance, text, isCut: false, out value);

    private static void AssertSame<T>(string json, JsonTypeInfo<T> type)
        where T : IStructuredAnswer<T>
    {
        Assert.Null(Read(json, out T? value));
        AssertSame(json, type, value);
    }

    // Values are compared by what they are written as.
    private static void AssertSame<T>(string json, JsonTypeInfo<T> type, T? value)
    {
        T? expected = JsonSerializer.Deserialize(json, type);
        Assert.Equal(JsonSerializer.Serialize(expected, type!), JsonSerializer.Serialize(value, type!));
    }
}
