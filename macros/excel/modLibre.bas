Attribute VB_Name = "modLibre"

' What only LibreOffice has. No Option Explicit: Excel must take these names for variables, and never
' comes here.

' Address of the user's LibreOffice profile; Python reaches the running program by it.
Public Function LibreProfile() As String
    Dim paths
    Set paths = GetProcessServiceManager.createInstance("com.sun.star.util.PathSubstitution")
    LibreProfile = WithoutUser(paths.substituteVariables("$(user)", True))
End Function

' A folder of the user alone: the temporary one may be read by everybody on the computer.
Public Function LibreFolder() As String
    Dim paths
    Set paths = GetProcessServiceManager.createInstance("com.sun.star.ucb.FileContentProvider")
    LibreFolder = paths.getSystemPathFromFileURL(LibreProfile() & "/user")
End Function

' The file dialog, opened in a folder; "" for Cancel. (GetOpenFilename here shows no title.)
Public Function LibreChosenFile(ByVal folder As String, ByVal title As String) As String
    Dim picker, files, paths
    Set picker = GetProcessServiceManager.createInstance("com.sun.star.ui.dialogs.FilePicker")
    Set paths = GetProcessServiceManager.createInstance("com.sun.star.ucb.FileContentProvider")
    picker.setTitle title
    picker.setDisplayDirectory paths.getFileURLFromSystemPath("", folder)
    If picker.execute() <> 1 Then Exit Function
    files = picker.getFiles()
    LibreChosenFile = paths.getSystemPathFromFileURL(files(0))
End Function

Public Function FolderOf(ByVal url As String) As String
    FolderOf = Left(url, InStrRev(url, "/"))
End Function

' The workbook as it is on the screen, as a file; where that fails Python makes the copy itself.
Public Sub LibreSaveCopy(ByVal path As String)
    Dim reflection, paths, form
    On Error Resume Next
    Set reflection = GetProcessServiceManager.createInstance("com.sun.star.reflection.CoreReflection")
    reflection.forName("com.sun.star.beans.PropertyValue").createObject form
    form.Name = "FilterName"
    form.Value = "Calc MS Excel 2007 VBA XML"
    Set paths = GetProcessServiceManager.createInstance("com.sun.star.ucb.FileContentProvider")
    ThisComponent.storeToURL paths.getFileURLFromSystemPath("", path), Array(form)
End Sub

' Address of the workbook, "" while it was never saved.
Public Function LibreAddress() As String
    LibreAddress = ThisComponent.getURL()
End Function

Public Function LibreReadOnly() As Boolean
    LibreReadOnly = ThisComponent.isReadonly()
End Function

' The profile's folder user/ stands in the folder the program is started with.
Public Function WithoutUser(ByVal url As String) As String
    WithoutUser = url
    If Right(url, 5) = "/user" Then WithoutUser = Left(url, Len(url) - 5)
End Function
