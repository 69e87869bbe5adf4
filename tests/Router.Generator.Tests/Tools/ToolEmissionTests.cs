using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Generator.Tests.Tools;

/// <summary>What is emitted for classes with tools. The verifier compiles it and runs the generator again.</summary>
public class ToolEmissionTests
{
    private const string Weather = """
        /// <summary>Gets the weather of the next days.</summary>
        /// <param name="city">The city, in English.</param>
        /// <param name="days">How many days.</param>
        [RouterTool]
        public static async Task<string> GetWeatherAsync(string city, int days = 3, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return $"{city} {days}";
        }
        """;

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void Compiles_without_a_warning_whatever_the_nullable_context(NullableContextOptions nullable)
    {
        GeneratorRun run = new Verifier { Sources = [ToolSources.Class(Weather)], Nullable = nullable }.Verify();

        Assert.Equal(["Shop.C0-Tools.g.cs"], run.Files.Keys);
    }

    [Fact]
    public async Task A_method_becomes_a_function()
    {
        AIFunction tool = ToolSources.Tool(Weather);

        Assert.Equal("GetWeather", tool.Name);
        Assert.Equal("Gets the weather of the next days.", tool.Description);
        Assert.Equal("""{"type":"object","properties":{"city":{"type":"string","description":"The city, in English."},"days":{"type":["integer","null"],"description":"How many days.","default":3}},"required":["city"],"additionalProperties":false}""", tool.JsonSchema.GetRawText());
        Assert.Equal("Paris 5", await tool.CallAsync("""{"city":"Paris","days":5}"""));
        Assert.Equal("Paris 3", await tool.CallAsync("""{"city":"Paris"}"""));
    }

    [Fact]
    public async Task Names_of_the_users_are_left_to_them()
    {
        AIFunction tool = ToolSources.Tool("""
            private static int _field, RouterTools;
            /// <summary>T.</summary>
            [RouterTool] public static string T(int x_given, int x = 1, int arguments = 2, int @class = 3, int result = 4, int cancellationToken = 5, Held? held = null) =>
                $"{x_given + _field + RouterTools} {x} {arguments} {@class} {result} {cancellationToken} {held?.Has_given} {held?.made}";
            """, "public class Held { public int? Has_given { get; set; } public int? has_has { get; set; } public int? value { get; set; } public int? made { get; set; } public required int? @class { get; init; } }");

        Assert.Equal("9 1 2 3 4 6 7 8", await tool.CallAsync("""{"x_given":9,"cancellationToken":6,"held":{"has_given":7,"made":8,"class":null}}"""));
    }

    [Fact]
    public void A_class_may_have_groups_and_tools()
    {
        GeneratorRun run = new Verifier
        {
            Sources =
            [
                """
                using RouterGen;
                [ModelGroup("a"), Deployment("openai/gpt-4o")]
                public static partial class Models
                {
                    /// <summary>T.</summary>
                    [RouterTool] public static int T() => 1;
                }
                """,
                "namespace N { public partial class Modelz { /// <summary>T.</summary>\n[RouterGen.RouterTool] public int T() => 1; public int Tools = 3; } public partial class MODELZ { /// <summary>T.</summary>\n[RouterGen.RouterTool] public int T() => 1; } }",
            ],
        }.Verify();

        Assert.Equal(["Models-Tools.g.cs", "Models.A.g.cs", "Models.g.cs", "N.MODELZ-Tools.g.cs", "N.Modelz-Tools_2.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(" Tools_2 =>", run.Files["N.Modelz-Tools_2.g.cs"]);
    }

    [Fact]
    public void An_edit_of_one_class_leaves_the_others_alone()
    {
        string[] sources = [ToolSources.Class(Weather), "public static partial class Other { /// <summary>T.</summary>\n[RouterGen.RouterTool] public static int T(int x) => x; }"];

        GeneratorRunResult second = Incrementality.Edit("int T(int x)", "int T(int x, int y = 2)", sources);
        GeneratorRunResult inside = Incrementality.Edit("=> x;", "=> x + 1;", sources);

        Assert.Equal(["Other-Tools.g.cs"], Incrementality.Changed<Generator.Tools.ToolFile>(second, TrackingNames.ToolFiles).Select(file => file.HintName));
        Incrementality.AssertNothingWasWrittenAgain(inside);
    }

    [Fact]
    public void What_does_not_compile_does_not_throw()
    {
        string source = ToolSources.Class(Weather);
        for (int length = source.IndexOf("public static partial", StringComparison.Ordinal); length < source.Length; length += 7) Verifier.RunOnBroken(source[..length]);
    }

    [Fact]
    public void A_tool_that_is_obsolete_makes_no_warning() =>
        Verifier.Verify(ToolSources.Class("[RouterTool(Description = \"d\"), Obsolete(\"Old\")] public static void T() { }"));
}
