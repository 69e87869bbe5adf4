using System.Globalization;
using RouterGen.Declarations.Model;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Answers;

/// <summary>Writes the methods that read types, one for each that is more than one token.</summary>
internal sealed class ReaderEmitter(SourceWriter writer, EquatableArray<TypeSpec> types)
{
    public const string Reader = CodeNames.Infrastructure + ".AnswerReader";

    private const string ListType = "global::System.Collections.Generic.List";
    private const string DictionaryType = "global::System.Collections.Generic.Dictionary";
    private const string RegexType = "global::System.Text.RegularExpressions.Regex";

    /// <summary>Returns the name of the method that reads a type.</summary>
    public static string MethodFor(TypeSpec type) => "Read" + type.Label;

    public void Write()
    {
        foreach (TypeSpec type in types)
        {
            switch (type.Shape)
            {
                case TypeShape.Enum: WriteEnum(type); break;
                case TypeShape.List: WriteList(type); break;
                case TypeShape.Dictionary: WriteDictionary(type); break;
                case TypeShape.Object: WriteObject(type); break;
            }
        }
    }

    private void WriteEnum(TypeSpec type)
    {
        writer.Line();
        writer.Line($"private static readonly string[] {type.Label}Names = [{string.Join(", ", type.Names.Select(name => Literal.Of(name.JsonName)))}];");
        StartMethod(type);
        writer.Line("bool isRead = reader.ReadName(" + type.Label + "Names, out int index);");
        writer.Line("value = index switch");
        writer.Open();
        for (int i = 0; i < type.Names.Count; i++) writer.Line($"{Text(i)} => {type.Name}.{type.Names[i].Name},");
        writer.Line("_ => default,");
        writer.Close("};");
        writer.Line("return isRead;");
        writer.Close();
    }

    private void WriteList(TypeSpec type)
    {
        TypeUse element = type.Element!;
        StartMethod(type);
        writer.Write($$"""
            value = default;
            if (!reader.EntersArray()) return false;
            var items = new {{ListType}}<{{Declared(element)}}>();
            while (reader.NextItem())
            {
            """);
        writer.Write(Indent(ReadInto(element, "item", "items.Count", ValueRules.None, declares: true)));
        writer.Write($$"""
                items.Add(item{{Forgive(element)}});
            }

            value = {{ConversionOf(type)}};
            return true;
            """);
        writer.Close();
    }

    private void WriteDictionary(TypeSpec type)
    {
        TypeUse element = type.Element!;
        StartMethod(type);
        writer.Write($$"""
            value = default;
            if (!reader.EntersObject()) return false;
            var entries = new {{DictionaryType}}<string, {{Declared(element)}}>();
            while (reader.NextMember())
            {
                string name = reader.Name();
            """);
        writer.Write(Indent(ReadInto(element, "item", "name", ValueRules.None, declares: true)));
        writer.Write($$"""
                entries[name] = item{{Forgive(element)}};
            }

            value = entries;
            return true;
            """);
        writer.Close();
    }

    private void WriteObject(TypeSpec type)
    {
        foreach (MemberSpec member in type.Members.Where(member => member.Rules.Pattern is not null))
        {
            writer.Line();
            writer.Line($"private static readonly {RegexType} {PatternOf(type, member)} = new({Literal.Of(member.Rules.Pattern!)}, {RegexType}Options.CultureInvariant, global::System.TimeSpan.FromSeconds(2));");
        }

        StartMethod(type);
        writer.Line("value = default;");
        writer.Line("if (!reader.EntersObject()) return false;");
        foreach (MemberSpec member in type.Members)
        {
            writer.Line($"{Local(member.Use)} {member.Local} = {member.Default ?? "default"};");
            if (NeedsFlag(member)) writer.Line($"bool {member.Flag} = false;");
        }

        writer.Line("while (reader.NextMember())");
        writer.Open();
        for (int i = 0; i < type.Members.Count; i++)
        {
            MemberSpec member = type.Members[i];
            writer.Line($"{(i == 0 ? "" : "else ")}if (reader.Is({Literal.Of(member.JsonName)}u8))");
            writer.Open();
            writer.Write(ReadInto(member.Use, member.Local, Literal.Of(member.JsonName), member.Rules, declares: false, PatternOf(type, member)));
            if (NeedsFlag(member)) writer.Line($"{member.Flag} = true;");
            writer.Close();
        }

        writer.Write("""
            else
            {
                reader.Skip();
            }
            """);
        writer.Close();
        writer.Line();
        foreach (MemberSpec member in type.Members.Where(member => member.IsRequired))
        {
            writer.Line($"if (!{member.Flag} && !reader.MayLack({Literal.Of(member.JsonName)})) return false;");
        }

        WriteCreation(type);
        writer.Line("return true;");
        writer.Close();
    }

    private void WriteCreation(TypeSpec type)
    {
        string arguments = string.Join(", ", type.Members.Where(member => member.Target is MemberTarget.Parameter).Select(member => member.Local + Forgive(member.Use)));
        List<MemberSpec> initialized = [.. type.Members.Where(member => member.Target is MemberTarget.Initializer)];
        if (initialized.Count == 0)
        {
            writer.Line($"value = new {type.Name}({arguments});");
        }
        else
        {
            writer.Line(arguments.Length == 0 ? $"value = new {type.Name}" : $"value = new {type.Name}({arguments})");
            writer.Open();
            foreach (MemberSpec member in initialized) writer.Line($"{member.Name} = {member.Local}{Forgive(member.Use)},");
            writer.Close("};");
        }

        foreach (MemberSpec member in type.Members.Where(member => member.Target is MemberTarget.Setter))
        {
            writer.Line($"if ({member.Flag}) value.{member.Name} = {member.Local}{Forgive(member.Use)};");
        }
    }

    /// <summary>Writes how a variable gets a value, or the method fails at a place.</summary>
    private string ReadInto(TypeUse use, string variable, string place, ValueRules rules, bool declares, string pattern = "")
    {
        TypeSpec type = types[use.Type];
        string fail = $"return reader.FailAt({place});";
        if (!use.IsNullable)
        {
            string target = declares ? $"{Local(use)} {variable}" : variable;
            return $"if (!{ReadCall(type, target)}{Rules(type, variable, rules, pattern)}) {fail}";
        }

        string declaration = declares ? $"{Local(use)} {variable};\n" : "";
        if (!type.IsValueType) return $"{declaration}if (reader.IsNull) {variable} = null;\nelse if (!{ReadCall(type, variable)}{Rules(type, variable, rules, pattern)}) {fail}";
        string whole = variable.TrimStart('@') + "Value";
        return $"{declaration}if (reader.IsNull) {variable} = null;\nelse if ({ReadCall(type, $"{type.Name} {whole}")}{Rules(type, whole, rules, pattern).Replace(" || !", " && ")}) {variable} = {whole};\nelse {fail}";
    }

    private static string ReadCall(TypeSpec type, string target) =>
        type.Shape is TypeShape.Enum or TypeShape.List or TypeShape.Dictionary or TypeShape.Object ? $"{MethodFor(type)}(ref reader, out {target})" : $"reader.Read(out {target})";

    private static string Rules(TypeSpec type, string variable, ValueRules rules, string pattern)
    {
        string checks = "";
        if (rules.HasRange)
        {
            (string number, string suffix) = type.Name is "decimal" or "ulong" ? ("decimal", "m") : type.Shape is TypeShape.Integer ? ("long", "L") : ("double", "d");
            checks += $" || !reader.IsBetween<{number}>({variable}, {rules.Minimum}{suffix}, {rules.Maximum}{suffix})";
        }

        if (rules.HasLength)
        {
            string bounds = $"{Text(rules.MinLength)}, {(rules.MaxLength == int.MaxValue ? "int.MaxValue" : Text(rules.MaxLength))}";
            if (type.Shape is TypeShape.Text) checks += $" || !reader.HasLength({variable}, {bounds})";
            else checks += $" || !reader.HasCount({CountOf(type, variable)}, {bounds})";
        }

        if (rules.Pattern is not null) checks += $" || !reader.Matches({variable}, {pattern})";
        return checks;
    }

    private static string CountOf(TypeSpec type, string variable) =>
        type.Form is not ListForm.List ? variable + (type.IsValueType ? ".Length" : "!.Length") : $"global::System.Linq.Enumerable.Count({variable}!)";

    private static string ConversionOf(TypeSpec type) => type.Form switch
    {
        ListForm.Array => "items.ToArray()",
        ListForm.ImmutableArray => "global::System.Collections.Immutable.ImmutableArray.CreateRange(items)",
        _ => "items",
    };

    private void StartMethod(TypeSpec type)
    {
        writer.Line();
        string annotation = type.IsValueType ? "" : "[global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] ";
        writer.Line($"public static bool {MethodFor(type)}(ref {Reader} reader, {annotation}out {type.Name}{(type.IsValueType ? "" : "?")} value)");
        writer.Open();
    }

    private static string PatternOf(TypeSpec type, MemberSpec member) => $"{type.Label}{member.Name.TrimStart('@')}Pattern";

    private static bool NeedsFlag(MemberSpec member) => member.IsRequired || member.Target is MemberTarget.Setter;

    /// <summary>The type as an element: null only where null is a value.</summary>
    private string Declared(TypeUse use) => types[use.Type].Name + (use.IsNullable ? "?" : "");

    /// <summary>The type as a local variable: a reference is null until it is read.</summary>
    private string Local(TypeUse use) => types[use.Type].Name + (use.IsNullable || !types[use.Type].IsValueType ? "?" : "");

    private string Forgive(TypeUse use) => use.IsNullable || types[use.Type].IsValueType ? "" : "!";

    private static string Indent(string lines) => "    " + lines.Replace("\n", "\n    ");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
