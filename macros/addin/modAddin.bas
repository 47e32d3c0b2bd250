Attribute VB_Name = "modAddin"
Option Explicit

' The add-in's ribbon tab. It hides while a workbook in front brings the same tab itself.

Private ribbon As Object

Public Sub AddinLoaded(ByVal shown As Object)
    Set ribbon = shown
    ThisWorkbook.StartWatching
End Sub

Public Sub AddinVisible(ByVal control As Object, ByRef visible As Variant)
    visible = Not HasOwnTab(ActiveWorkbook)
End Sub

Public Sub AddinPressed(ByVal control As Object)
    PressButton CStr(control.Tag)
End Sub

' Another workbook came to the front: Excel asks anew whether the tab is shown.
Public Sub AskAgain(ByVal book As Object)
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

Private Function HasOwnTab(ByVal book As Object) As Boolean
    If IsDistrictBook(book) Then HasOwnTab = book.HasVBProject
End Function
