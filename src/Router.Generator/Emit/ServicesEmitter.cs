using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Emit;

/// <summary>
/// Writes the registration of an instance class with a service collection. It is in the class's own namespace: those of a library
/// and of the program that uses it, both <c>AddModels</c>, would be ambiguous in one that both see.
/// </summary>
internal static class ServicesEmitter
{
    private const string Collection = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Services = "global::RouterGen.Infrastructure.GroupServices";

    /// <summary>Returns the registration's method.</summary>
    public static string MethodOf(string extensionName) => "Add" + extensionName;

    public static SourceText Emit(ServicesFile file)
    {
        SourceWriter writer = SourceWriter.StartFile(file.Namespace, file.Groups.Select(group => KindNames.Of(group.Kind).Suppressed).Max() ?? "");
        writer.Write($"""
            /// <summary>Registers <see cref="{file.QualifiedName}"/>.</summary>
            {CodeNames.GeneratedCode}
            {(file.IsPublic ? "public" : "internal")} static class {file.ExtensionName}ServiceCollectionExtensions
            """);
        writer.Open();
        WriteMethod(writer, file, $"global::System.Action<{CodeNames.RouterOptions}>? configure = null) =>", "Changes the options, which take what they can from the services.");
        writer.Line($"    {MethodOf(file.ExtensionName)}(services, (_, options) => configure?.Invoke(options));");
        writer.Line();
        WriteMethod(writer, file, $"global::System.Action<global::System.IServiceProvider, {CodeNames.RouterOptions}> configure)", "Changes the options, which take what they can from the services, with what else is in the services.");
        WriteBody(writer, file);
        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteMethod(SourceWriter writer, ServicesFile file, string parameter, string meaning) => writer.Write($"""
        /// <summary>
        /// Adds <see cref="{file.QualifiedName}"/> as a singleton, and each of its groups: as its own type, among all <c>ModelGroup</c>s of the application, and under the
        /// group's name as the framework's interface for its kind of call and as the base class of its kind; the only group of a kind also without a name.
        /// Called again it adds nothing but a further change of the options.
        /// </summary>
        /// <param name="services">The services.</param>
        /// <param name="configure">{meaning}</param>
        /// <returns>The services.</returns>
        public static {Collection} {MethodOf(file.ExtensionName)}(
            this {Collection} services,
            {parameter}
        """);

    private static void WriteBody(SourceWriter writer, ServicesFile file)
    {
        writer.Open();
        writer.Line($"if (!{Services}.TryAdd(services, static options => new {file.QualifiedName}(options), configure)) return services;");
        foreach (GroupEntry group in file.Groups)
        {
            KindNames names = KindNames.Of(group.Kind);
            bool isOnly = file.Groups.Count(other => other.Kind == group.Kind) == 1;
            writer.Write($"""
                {Services}.AddGroup<{file.QualifiedName}, {file.QualifiedName}.{group.TypeName}, {names.Group}, {names.Service}>(
                    services, {Literal.Of(group.Name)}, static models => models.{group.MemberName}, isOnly: {(isOnly ? "true" : "false")});
                """);
        }

        writer.Line("return services;");
        writer.Close();
    }
}
