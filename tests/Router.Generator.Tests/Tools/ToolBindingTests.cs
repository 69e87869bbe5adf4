using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RouterGen.Generator.Tests.Tools;

/// <summary>Emitted tools, called: what is bound, and what a model is told where it cannot be.</summary>
public class ToolBindingTests
{
    private const string Types = """
        public enum Unit { Celsius, [JsonStringEnumMemberName("F")] Fahrenheit }

        /// <summary>A place.</summary>
        /// <param name="City">Its city.</param>
        public record Place(string City, string? Country = null, [property: JsonPropertyName("no")] int Number = 7);

        public class Trip
        {
            public required Place From { get; init; }
            /// <summary>Where it ends.</summary>
            public Place? To { get; set; }
            public List<int> Days { get; set; } = [1, 2];
            [JsonIgnore] public int Secret { get; set; }
        }

        public readonly record struct Point(double X, double Y) { public string Label { get; init; } = "none"; }

        public record Node(int Value, Node? Next);
        """;

    public static TheoryData<string, string, string> Values => new()
    {
        { "bool x", "true", "True" },
        { "sbyte x", "-128", "-128" },
        { "byte x", "255", "255" },
        { "short x", "-32768", "-32768" },
        { "ushort x", "65535", "65535" },
        { "int x", "3.0", "3" },
        { "uint x", "4294967295", "4294967295" },
        { "long x", "9223372036854775807", "9223372036854775807" },
        { "ulong x", "18446744073709551615", "18446744073709551615" },
        { "float x", "1.5", "1.5" },
        { "double x", "1e2", "100" },
        { "decimal x", "\"0.10\"", "0.10" },
        { "char x", "\"y\"", "y" },
        { "string x", "\"\\u00e9\"", "é" },
        { "Guid x", "\"123e4567-e89b-12d3-a456-426614174000\"", "123e4567-e89b-12d3-a456-426614174000" },
        { "Uri x", "\"https://example.com/a\"", "https://example.com/a" },
        { "DateOnly x", "\"2026-01-31\"", "01/31/2026" },
        { "TimeOnly x", "\"15:04\"", "15:04" },
        { "TimeSpan x", "\"00:05:00\"", "00:05:00" },
        { "DateTime x", "\"2026-01-31T15:04:05\"", "01/31/2026 15:04:05" },
        { "DateTimeOffset x", "\"2026-01-31T15:04:05+02:00\"", "01/31/2026 15:04:05 +02:00" },
        { "int? x", "null", "" },
        { "Unit x", "\"f\"", "Fahrenheit" },
        { "Unit? x = Unit.Fahrenheit", "null", "Fahrenheit" },
        { "JsonElement x", "{\"a\":1}", "{\"a\":1}" },
        { "int x = -3", "null", "-3" },
        { "double x = double.NaN", "null", "NaN" },
        { "string x = \"a\\\"b\"", "null", "a\"b" },
    };

    public static TheoryData<string, string, string> Lists => new()
    {
        { "int[] x", "[1,2]", "1 2" },
        { "List<string?> x", "[\"a\",null]", "a " },
        { "IReadOnlyList<Unit> x", "[\"F\"]", "Fahrenheit" },
        { "IEnumerable<int?>? x = null", "[1]", "1" },
        { "HashSet<int> x", "[1,1]", "1" },
        { "List<int[]> x", "[[1]]", "System.Int32[]" },
        { "Dictionary<string, int> x", "{\"a\":1}", "[a, 1]" },
        { "IReadOnlyDictionary<string, Place> x", "{\"a\":{\"city\":\"B\"}}", "[a, Place { City = B, Country = , Number = 7 }]" },
        { "List<int> x", "\"[3]\"", "3" },
    };

    public static TheoryData<string, string, string> Objects => new()
    {
        { "Place x", """{"city":"Bern","no":3}""", "Place { City = Bern, Country = , Number = 3 }" },
        { "Point x", """{"x":1,"y":2}""", "Point { X = 1, Y = 2, Label = none }" },
        { "Point x", """{"x":1,"y":2,"label":"l"}""", "Point { X = 1, Y = 2, Label = l }" },
        { "Place? x", "null", "" },
    };

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "int x", """{"x":"many"}""", "'x' must be an integer from -2147483648 to 2147483647, but is \"many\"." },
        { "byte x", """{"x":256}""", "'x' must be an integer from 0 to 255, but is 256." },
        { "long x", """{"x":1.5}""", "'x' must be an integer from -9223372036854775808 to 9223372036854775807, but is 1.5." },
        { "double x", """{"x":1e999}""", "'x' must be a number, but is 1e999." },
        { "decimal x", """{"x":1e99}""", "'x' must be a decimal number, but is 1e99." },
        { "string x", """{"x":5}""", "'x' must be a string, but is 5." },
        { "string x", "{}", "'x' is required, but is missing." },
        { "string x", """{"x":null}""", "'x' is required, but is missing." },
        { "string x", """{"x":"\ud800"}""", "'x' must be a string, but is \"\\ud800\"." },
        { "bool x", """{"x":"yes"}""", "'x' must be true or false, but is \"yes\"." },
        { "Unit x", """{"x":"Kelvin"}""", "'x' must be one of \"Celsius\", \"F\", but is \"Kelvin\"." },
        { "DateOnly x", """{"x":"tomorrow"}""", "'x' must be a date such as 2026-01-31, but is \"tomorrow\"." },
        { "Guid x", """{"x":"1"}""", "'x' must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but is \"1\"." },
        { "int[] x", """{"x":[1,"b",null]}""", "'x[1]' must be an integer from -2147483648 to 2147483647, but is \"b\". 'x[2]' must be an integer from -2147483648 to 2147483647, but is null." },
        { "Place x", """{"x":{"city":1,"no":"n"}}""", "'x.city' must be a string, but is 1. 'x.no' must be an integer from -2147483648 to 2147483647, but is \"n\"." },
        { "Place x", """{"x":[]}""", "'x' must be an object, but is []." },
        { "Dictionary<string, Place> x", """{"x":{"a":{}}}""", "'x.a.city' is required, but is missing." },
        { "List<Trip> x", """{"x":[{"from":{"city":"A"},"days":[true]}]}""", "'x[0].days[0]' must be an integer from -2147483648 to 2147483647, but is true." },
        { "int x, string y", """{"y":{}}""", "'x' is required, but is missing. 'y' must be a string, but is {}." },
    };

    public static TheoryData<string, string, string> Results => new()
    {
        { "int", "5", "5" },
        { "string?", "null", "null" },
        { "Unit", "Unit.Fahrenheit", "F" },
        { "Unit?", "null", "null" },
        { "Task<Unit?>", "Task.FromResult<Unit?>(Unit.Celsius)", "Celsius" },
        { "ValueTask<int[]>", "new(new[] { 1, 2 })", "[1,2]" },
        { "Place?", "new Place(\"Bern\")", """{"city":"Bern","country":null,"no":7}""" },
        { "IEnumerable<Point?>", "[new Point(1, 2), null]", """[{"x":1,"y":2,"label":"none"},null]""" },
        { "Dictionary<string, List<Unit>>", "new() { [\"a\"] = [Unit.Fahrenheit] }", """{"a":["F"]}""" },
        { "Node", "new Node(1, new Node(2, null))", """{"value":1,"next":{"value":2,"next":null}}""" },
        { "object", "3", "3" },
        { "JsonElement", "JsonElement.Parse(\"[1]\")", "[1]" },
        { "DateOnly", "new DateOnly(2026, 1, 31)", "01/31/2026" },
    };

    // All of them are compiled at once.
    private static readonly ToolSet Set = new(Types,
    [
        .. Values.Concat(Objects).Select(row => Shown(row.Data.Item1, "x")),
        .. Lists.Select(row => Joined(row.Data.Item1)),
        .. Mistakes.Select(row => Shown(row.Data.Item1, "\"called\"")),
        .. Results.Select(row => Returned(row.Data.Item1, row.Data.Item2)),
    ]);

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_bound(string parameter, string json, string expected) =>
        Assert.Equal(expected, await Set[Shown(parameter, "x")].CallAsync($$"""{"x":{{json}}}"""));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_or_dictionary_is_bound(string parameter, string json, string expected) =>
        Assert.Equal(expected, await Set[Joined(parameter)].CallAsync($$"""{"x":{{json}}}"""));

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task An_object_is_bound(string parameter, string json, string expected) =>
        Assert.Equal(expected, await Set[Shown(parameter, "x")].CallAsync($$"""{"x":{{json}}}"""));

    [Fact]
    public async Task An_object_keeps_what_is_not_said()
    {
        AIFunction tool = ToolSources.Tool(Shown("Trip x", "x.From.City + x.To?.City + x.Days.Count + x.Secret"), Types);

        Assert.Equal("A20", await tool.CallAsync("""{"x":{"from":{"city":"A"},"secret":5,"extra":true}}"""));
        Assert.Equal("AB10", await tool.CallAsync("""{"x":{"from":{"city":"A"},"to":{"city":"B"},"days":[9]}}"""));
    }

    [Fact]
    public void A_schema_says_what_can_be_said() => Assert.Equal(
        """
        {"type":"object","properties":{"trip":{"type":"object","properties":{"from":{"type":"object","properties":{"city":{"type":"string","description":"Its city."},"country":{"type":["string","null"]},"no":{"type":["integer","null"],"default":7}},"required":["city"],"additionalProperties":false},"to":{"type":["object","null"],"description":"Where it ends.","properties":{"city":{"type":"string","description":"Its city."},"country":{"type":["string","null"]},"no":{"type":["integer","null"],"default":7}},"required":["city"],"additionalProperties":false},"days":{"type":["array","null"],"items":{"type":"integer"}}},"required":["from"],"additionalProperties":false},"unit":{"type":["string","null"],"description":"The \"unit\".","enum":["Celsius","F",null],"default":"F"},"tags":{"type":["object","null"],"additionalProperties":{"type":["string","null"]}}},"required":["trip"],"additionalProperties":false}
        """.Trim(),
        ToolSources.Tool("""
            /// <summary>T.</summary>
            [RouterTool] public static string T(Trip trip, [Description("The \"unit\".")] Unit unit = Unit.Fahrenheit, Dictionary<string, string?>? tags = null) => "";
            """, Types).JsonSchema.GetRawText());

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_cannot_be_bound_is_told_to_the_model(string parameters, string json, string told) =>
        Assert.Equal($"Error: The tool 'T' was called with invalid arguments. {told}", await Set[Shown(parameters, "\"called\"")].CallAsync(json));

    [Fact]
    public async Task A_program_may_put_values_in_place_of_json()
    {
        AIFunction tool = ToolSources.Tool("""
            /// <summary>T.</summary>
            [RouterTool] public static string T(int a, double b, string c, Unit d, Guid e, byte f, List<int> g) => $"{a} {b} {c} {d} {e} {f} {g.Count}";
            """, Types);

        object? told = await tool.InvokeAsync(new() { ["a"] = 3L, ["b"] = JsonValue.Create(2.5), ["c"] = JsonNode.Parse("\"text\""), ["d"] = "Celsius", ["e"] = Guid.Empty, ["f"] = (short)9, ["g"] = new List<int> { 1 } }, CancellationToken.None);
        object? wrong = await tool.InvokeAsync(new() { ["a"] = 3.5, ["b"] = DayOfWeek.Monday, ["c"] = 'c', ["d"] = DayOfWeek.Monday, ["e"] = 1, ["f"] = 300, ["g"] = "1" }, CancellationToken.None);

        Assert.Equal("3 2.5 text Celsius 00000000-0000-0000-0000-000000000000 9 1", told);
        Assert.Equal(
            "Error: The tool 'T' was called with invalid arguments. 'a' must be an integer from -2147483648 to 2147483647, but is a Double. 'b' must be a number, but is a DayOfWeek. 'c' must be a string, but is a Char. "
            + "'d' must be one of \"Celsius\", \"F\", but is a DayOfWeek. 'e' must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but is a Int32. 'f' must be an integer from 0 to 255, but is a Int32. 'g' must be a list, but is \"1\".",
            wrong);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_result_is_written(string type, string value, string expected)
    {
        object? result = await Set[Returned(type, value)].CallAsync("{}");

        Assert.Equal(expected, result is JsonElement json ? json.GetRawText() : FormattableString.Invariant($"{result}"));
    }

    [Fact]
    public async Task A_method_without_a_result_has_none()
    {
        IReadOnlyList<AIFunction> tools = ToolSources.All("""
            /// <summary>A.</summary>
            [RouterTool] public static void A() { }
            /// <summary>B.</summary>
            [RouterTool] public static Task B() => Task.CompletedTask;
            """);

        Assert.Null(await tools[0].CallAsync("{}"));
        Assert.Null(await tools[1].CallAsync("{}"));
    }

    [Fact]
    public async Task What_no_model_fills_comes_from_the_call()
    {
        AIFunction tool = ToolSources.Tool("""
            /// <summary>T.</summary>
            [RouterTool] public static string T(CancellationToken token, IServiceProvider services, AIFunctionArguments all, [ToolService] Version version, [ToolService] Uri? none, [Microsoft.Extensions.DependencyInjection.FromKeyedServices("k")] string keyed, int x) =>
                $"{token.CanBeCanceled} {services is not null} {all.Count} {version} {none is null} {keyed} {x}";
            """);
        using var source = new CancellationTokenSource();
        await using ServiceProvider services = new ServiceCollection().AddSingleton(new Version(1, 2)).AddKeyedSingleton("k", "key").BuildServiceProvider();

        Assert.Equal("""{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false}""", tool.JsonSchema.GetRawText());
        Assert.Equal("True True 1 1.2 True key 4", await tool.CallAsync("""{"x":4}""", services, source.Token));
        InvalidOperationException missing = await Assert.ThrowsAsync<InvalidOperationException>(() => tool.CallAsync("""{"x":4}"""));
        Assert.Contains("ToolLoopOptions.Services", missing.Message);
    }

    [Fact]
    public async Task An_object_has_its_own_tools()
    {
        System.Reflection.Assembly assembly = Verifier.Verify(ToolSources.Class("", """
            public partial record Counter(int Start)
            {
                private int _calls;
                /// <summary>Counts.</summary>
                [RouterTool(Name = "count", RequiresApproval = true)] private int Next(int by) => Start + by + _calls++;
                /// <summary>Names.</summary>
                [RouterTool(Description = "Says its name.")] public static string Name() => "counter";
            }
            """)).Load();
        Type type = assembly.GetType("Shop.Counter")!;
        object counter = Activator.CreateInstance(type, 10)!;

        var tools = (IReadOnlyList<AIFunction>)type.GetProperty("Tools")!.GetValue(counter)!;

        Assert.NotNull(tools[0].GetService<ApprovalRequiredAIFunction>());
        Assert.Equal("count", tools[0].Name);
        Assert.Equal(11, await tools[0].CallAsync("""{"by":1}"""));
        Assert.Equal(12, await tools[0].CallAsync("""{"by":1}"""));
        Assert.Equal("Says its name.", tools[1].Description);
        Assert.Equal("counter", await tools[1].CallAsync("{}"));
    }

    [Fact]
    public async Task Whatever_a_model_writes_is_bound_or_told()
    {
        string[] types = ["bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char", "string", "Guid", "Uri", "DateOnly", "TimeOnly", "TimeSpan", "DateTime", "DateTimeOffset", "Unit", "Place", "Point", "int[]", "List<Trip>", "Dictionary<string, Unit>", "JsonElement"];
        string[] values =
        [
            "null", "true", "0", "-1", "1.0", "1e400", "-1e30", "256", "99999999999999999999", "\"\"", "\"1\"", "\"-\"", "\"F\"", "\"2026-02-30\"", "\"25:00\"", "\"\\ud800\"", "\"\\u0000\"", "\"[1\"", "\"{}\"",
            "[]", "[null]", "[[]]", "[1,\"2\"]", "{}", "{\"city\":null}", "{\"\\ud800\":1}", "{\"city\":\"c\",\"no\":{}}", "{\"x\":1,\"y\":2}", "[{\"from\":{\"city\":\"c\"},\"days\":7}]", "{\"a\":\"Celsius\"}",
        ];
        AIFunction tool = ToolSources.Tool($"""
            /// <summary>T.</summary>
            [RouterTool] public static string T({string.Join(", ", types.Select((type, i) => $"{type} p{i}"))}, {string.Join(", ", types.Select((type, i) => $"{type}? q{i} = null"))}) => "bound";
            """, Types);
        var random = new Random(1);
        for (int run = 0; run < 2_000; run++)
        {
            IEnumerable<string> given = types.SelectMany((_, i) => (string[])[$"p{i}", $"q{i}"]).Where(_ => random.Next(8) > 0).Select(name => $"\"{name}\":{values[random.Next(values.Length)]}");

            string told = Assert.IsType<string>(await tool.CallAsync($"{{{string.Join(',', given)}}}"));

            Assert.StartsWith("Error: The tool 'T' was called with invalid arguments. 'p", told);
        }
    }

    [Fact]
    public async Task What_a_tool_throws_is_thrown() => await Assert.ThrowsAsync<TimeoutException>(() =>
        ToolSources.Tool("/// <summary>T.</summary>\n[RouterTool] public static string T() => throw new TimeoutException();").CallAsync("{}"));

    private static string Shown(string parameters, string shown) => $$"""
        /// <summary>T.</summary>
        [RouterTool] public static string T({{parameters}}) => FormattableString.Invariant($"{{{shown}}}");
        """;

    private static string Joined(string parameter) => $"""
        /// <summary>T.</summary>
        [RouterTool] public static string T({parameter}) => string.Join(' ', x!);
        """;

    private static string Returned(string type, string value) => $"""
        /// <summary>T.</summary>
        [RouterTool] public static {type} T() => {value};
        """;
}
