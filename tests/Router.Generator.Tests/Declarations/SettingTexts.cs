using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.JsonDeclarations;

namespace RouterGen.Generator.Tests;

/// <summary>The rows of the tables as text: what they mean is written once, as the documentation of the attribute's property.</summary>
internal static class SettingTexts
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(ModelGroupAttribute).Assembly.Location, ".xml"));

    /// <summary>The summary of the attribute's property, in one line, without what the framework's form begins it with.</summary>
    /// <param name="kind">What has the property.</param>
    /// <param name="property">The property.</param>
    /// <param name="show">How a name or a piece of code is written.</param>
    public static string Meaning(DeclarationKind kind, DeclaredProperty property, Func<string, string> show)
    {
        XElement? member = Documentation.Descendants("member").FirstOrDefault(member => member.Attribute("name")!.Value == $"P:{kind.Attribute}.{property.Name}");
        Assert.True(member?.Element("summary") is not null, $"{kind.Attribute}.{property.Name} is not documented.");
        var text = new StringBuilder();
        foreach (XNode node in member!.Element("summary")!.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "see" } see => show((see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.').Last()),
                XElement { Name.LocalName: "c" } code => show(code.Value),
                _ => node.ToString(),
            });
        }

        string meaning = Regex.Replace(text.ToString(), @"\s+", " ").Trim();
        meaning = Regex.Replace(meaning, "^Gets( or sets)?,? ", ""); // It is about the setting here, not about a property.
        return char.ToUpperInvariant(meaning[0]) + meaning[1..];
    }

    /// <summary>What a value must be.</summary>
    public static string Value(DeclaredProperty property) => property.Type switch
    {
        DeclaredType.Integer => "a whole number" + Demand(property),
        DeclaredType.Number when property.Unit is DeclaredUnit.Seconds => "seconds" + Demand(property),
        DeclaredType.Number => "a number" + Demand(property),
        DeclaredType.Boolean => "true or false",
        DeclaredType.Texts => "texts",
        DeclaredType.Headers => "headers",
        DeclaredType.Text => "text",
        DeclaredType.Type => "a type",
        DeclaredType.Features => "any of " + Names(property),
        _ => Names(property),
    };

    /// <summary>What holds where nothing is stated; empty where that depends on more.</summary>
    public static string Default(DeclaredProperty property) => property.Default switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        Enum value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..],
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => property.Default.ToString()!,
    };

    private static string Demand(DeclaredProperty property) => property.Bounds is { } bounds ? ", " + bounds.Demand : "";

    private static string Names(DeclaredProperty property) => string.Join(", ", JsonValues.NamesOf(property.Type).Select(name => $"`{name}`"));
}
