using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Emit;

/// <summary>
/// Writes the registration of an instance class with a service collection. It is in the class's own namespace: those of a library
/// and of the program that uses it, both <c>AddModels</c>, would be ambiguous in one that both see.
/// </summary>
internal static class ServicesEmitter
{
    private const string Namespace = "Microsoft.Extensions.DependencyInjection";
    private const string Collection = "global::" + Namespace + ".IServiceCollection";
    private const string AddService = "global::" + Namespace + ".ServiceCollectionServiceExtensions";
    private const string GetService = "global::" + Namespace + ".ServiceProviderServiceExtensions";

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
        WriteAdd(writer, file);
        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteAdd(SourceWriter writer, ServicesFile file)
    {
        writer.Write($"""
            /// <summary>
            /// Adds <see cref="{file.QualifiedName}"/> as a singleton, and each of its groups under the group's name: as the framework's interface for its kind of call, or as its base class.
            /// </summary>
            /// <param name="services">The services.</param>
            /// <param name="configure">Changes the options, which take what they can from the services.</param>
            /// <returns>The services.</returns>
            public static {Collection} {MethodOf(file.ExtensionName)}(
                this {Collection} services,
                global::System.Action<{CodeNames.RouterOptions}>? configure = null)
            """);
        writer.Open();
        writer.Write($$"""
            {{AddService}}.AddSingleton<{{file.QualifiedName}}>(services, provider =>
            {
                var options = {{CodeNames.RouterOptions}}.FromServices(provider);
                configure?.Invoke(options);
                return new {{file.QualifiedName}}(options);
            });
            """);
        foreach (GroupEntry group in file.Groups)
        {
            writer.Write($"""
                {AddService}.AddKeyedSingleton<{KindNames.Of(group.Kind).Service}>(
                    services,
                    {Literal.Of(group.Name)},
                    static (provider, _) => {GetService}.GetRequiredService<{file.QualifiedName}>(provider).{group.MemberName});
                """);
        }

        writer.Line("return services;");
        writer.Close();
    }
}
