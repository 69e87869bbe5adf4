using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Generator.Symbols;

namespace RouterGen.Tool.Tests;

/// <summary>What the attributes of an assembly state is what the generator reads of the same source.</summary>
public sealed class AttributeTests
{
    private const string Types = """
        namespace Shop.@class
        {
            public class ByTier : SelectionPolicy
            {
                public override int Pick(in SelectionContext context) => 0;
                public class Inner; public class @event; public class Of<T> { public class Two<U, V>; }
            }
        }
        class Bare; class One<T>;
        """;

    [Fact]
    public void Each_property_of_each_type_is_read()
    {
        string group = Stated(DeclarationKind.Group);
        string deployment = Stated(DeclarationKind.Deployment);
        AssertSame($"""
            [assembly: Provider("ours", Dialect.OpenAIChat, Endpoint = "https://example.com/v1", EndpointEnv = "OURS_URL", ApiKeyEnv = "")]
            [ModelGroup("a", {group})]
            [Deployment("ours/x", {deployment})]
            [Provider("mine", Dialect.AnthropicMessages{Stated(DeclarationKind.Provider, ", ")})]
            static partial class Models;
            """);
        Assert.All(DeclarationKind.Group.Properties.Skip(1), property => Assert.Contains(property.Name + " = ", group));
        Assert.All(DeclarationKind.Deployment.Properties.Skip(1), property => Assert.Contains(property.Name + " = ", deployment));
    }

    [Theory]
    [InlineData("Bare")]
    [InlineData("Shop.@class.ByTier")]
    [InlineData("Shop.@class.ByTier.Inner")]
    [InlineData("Shop.@class.ByTier.@event")]
    [InlineData("One<int>")]
    [InlineData("One<string[]>")]
    [InlineData("One<int?>")]
    [InlineData("One<One<Shop.@class.ByTier>>")]
    [InlineData("One<>")]
    [InlineData("Shop.@class.ByTier.Of<Bare>.Two<bool, System.DateTime>")]
    [InlineData("Shop.@class.ByTier.Of<>.Two<,>")]
    [InlineData("System.Collections.Generic.Dictionary<string, object>")]
    [InlineData("int[][,]")]
    [InlineData("string")]
    public void Types_have_the_same_names(string type)
    {
        BuiltSource built = AssertSame($$"""
            [ModelGroup("a", Policy = typeof({{type}})), Deployment("openai/gpt-6-luna", Client = typeof({{type}}))]
            static partial class Models;
            {{Types}}
            """);
        Assert.NotNull(built.Read().Classes[0].Declarations.Groups[0].Text("Policy"));
    }

    [Theory]
    [InlineData("[ModelGroup(null!), Deployment(null!)]")]
    [InlineData("[ModelGroup(\"a\", Policy = null, Fallbacks = null!), Deployment(\"x\", Group = null, Client = null, Tags = [], Headers = [null!, \"a: b\"])]")]
    [InlineData("[ModelGroup(\"a\", Strategy = (RoutingStrategy)99, Budget = double.NaN), Deployment(\"x\", Weight = double.PositiveInfinity, Rpm = int.MinValue)]")]
    [InlineData("[ModelGroup(\"a\", Strategy = RoutingStrategy.Default, Hedge = false), Deployment(\"\", Supports = 0, Lacks = ModelCapabilities.Tools | ModelCapabilities.Vision)]")]
    [InlineData("[ModelGroup(\"grün 😀 \\\"\\0\")]")]
    [InlineData("[Provider(null!, (Dialect)99)]")]
    [InlineData("")]
    public void What_is_odd_is_read_the_same(string attributes) => AssertSame(attributes + "\nclass Models;");

    private static string Stated(DeclarationKind kind, string before = "") => before + string.Join(", ", kind.Properties.Skip(kind.PositionalCount).Select((property, i) => property.Name + " = " + (property.Type switch
    {
        DeclaredType.Text => $"\"text {i}\"",
        DeclaredType.Integer => $"{i}",
        DeclaredType.Number => $"{i}.5",
        DeclaredType.Boolean => "true",
        DeclaredType.Texts or DeclaredType.Headers => $"[\"a {i}\", null!, \"\"]",
        DeclaredType.Type => "typeof(System.Collections.Generic.List<int>)",
        DeclaredType.Strategy => "RoutingStrategy.LowestLatency",
        DeclaredType.Features => "ModelCapabilities.Tools | ModelCapabilities.Vision",
        DeclaredType.Dialect => "Dialect.Gemini",
        var other => $"({other})1",
    })));

    // All that is stated, but for the parts of the class, which an assembly does not have.
    private static BuiltSource AssertSame(string source)
    {
        var built = new BuiltSource(source);
        DeclaredCode read = built.Read();
        var bySymbols = built.Classes().Where(SymbolParser.DeclaresAnything).Select(type => new AttributeReader(type, CancellationToken.None).ReadAll()).ToArray();
        Assert.Equal(bySymbols.Select(Values), read.Classes.Select(declared => Values(declared.Declarations)));
        Assert.Equal(Values(new AttributeReader(built.Symbols, CancellationToken.None).Read(DeclarationKind.Provider)), Values(read.Providers));
        return built;
    }

    private static string Values(DeclarationSource source) => Values(source.Groups) + Values(source.Deployments) + Values(source.Providers);

    private static string Values(IEnumerable<DeclaredArguments> all) => string.Concat(all.Select(declared =>
        "(" + string.Join(", ", declared.Stated.Values.Select(value => $"{value.Property}: {value.Value.GetType().Name} {(value.Value is IEnumerable<string?> texts ? string.Join("|", texts.Select(text => text ?? "null")) : value.Value)}")) + ")"));
}
