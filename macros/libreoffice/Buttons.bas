Option Explicit

' What LibreOffice does for district workbooks beside their own macros. It loses buttons of an .xlsm in
' saving, so they are drawn anew when such a workbook is opened; a menu presses them, buttons or none.
' Captions, names and sizes stand in the module Declared, which is built from the program's own.

Private Const HUNDREDTHS_A_PIXEL = 26.4583

' LibreOffice calls this with every document it has opened in a window.
Public Sub WorkbookOpened(opened)
    If HasMacros(opened.Source) Then GiveBackButtons opened.Source
End Sub

' A choice in the menu: what the button does in the workbook in front, if the user trusts its macros.
Public Sub Press(macro)
    If Not HasMacros(ThisComponent) Then
        MsgBox NO_BOOK, 48, MENU
    ElseIf Not KnowsButton(ThisComponent, macro) Then
        MsgBox OLD_BOOK, 48, MENU
    Else
        GiveBackButtons ThisComponent
        createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch( _
            ThisComponent.CurrentController.Frame, MacroAddress(macro), "", 0, Array())
    End If
End Sub

Private Function HasMacros(document) As Boolean
    If IsNull(document) Then Exit Function
    If Not HasUnoInterfaces(document, "com.sun.star.sheet.XSpreadsheetDocument") Then Exit Function
    If Not document.BasicLibraries.hasByName(PROJECT) Then Exit Function
    HasMacros = document.BasicLibraries.getByName(PROJECT).hasByName(MACRO_MODULE)
End Function

' A workbook made by an older version of the program has fewer buttons.
Private Function KnowsButton(book, macro) As Boolean
    KnowsButton = InStr(1, book.BasicLibraries.getByName(PROJECT).getByName(MACRO_MODULE), "Sub " & macro & "()", 1) > 0
End Function

Private Function MacroAddress(macro) As String
    MacroAddress = "vnd.sun.star.script:" & PROJECT & "." & MACRO_MODULE & "." & macro & "?language=Basic&location=document"
End Function

' Where one button is left the office has deleted the others, and they stay away.
Private Sub GiveBackButtons(book)
    Dim place, order, wasModified
    If Not book.NamedRanges.hasByName(PLACE_NAME) Then Exit Sub
    place = book.NamedRanges.getByName(PLACE_NAME).getReferredCells()
    If IsNull(place) Or HasButton(book) Then Exit Sub
    wasModified = book.isModified()
    book.UndoManager.lock()
    For order = 0 To UBound(Macros())
        If KnowsButton(book, Macros()(order)) Then DrawButton book, place.getCellByPosition(0, 0), order
    Next
    book.UndoManager.unlock()
    book.setModified wasModified
End Sub

Private Function HasButton(book) As Boolean
    Dim sheet, form, index, bound
    For Each sheet In book.Sheets
        For Each form In sheet.DrawPage.Forms
            For index = 0 To form.Count - 1
                For Each bound In form.getScriptEvents(index)
                    If InStr(bound.ScriptCode, "." & MACRO_MODULE & ".") > 0 Then HasButton = True
                Next
            Next
        Next
    Next
End Function

Private Sub DrawButton(book, cell, order)
    Dim model, shape, corner, size
    model = book.createInstance("com.sun.star.form.component.CommandButton")
    model.Label = Captions()(order)
    model.HelpText = Tips()(order)
    model.Printable = False
    shape = book.createInstance("com.sun.star.drawing.ControlShape")
    shape.Control = model
    cell.Spreadsheet.DrawPage.add shape
    corner = cell.Position
    corner.X = corner.X + Pixels(GAP)
    corner.Y = corner.Y + Pixels(Tops()(order))
    size = shape.Size
    size.Width = cell.Size.Width - Pixels(2 * GAP)
    If size.Width < Pixels(NARROWEST) Then size.Width = Pixels(NARROWEST)
    size.Height = Pixels(HEIGHT)
    shape.Position = corner
    shape.Size = size
    Bind model, Macros()(order)
End Sub

Private Sub Bind(model, macro)
    Dim told(0) As New com.sun.star.script.ScriptEventDescriptor
    told(0).ListenerType = "XActionListener"
    told(0).EventMethod = "actionPerformed"
    told(0).ScriptType = "Script"
    told(0).ScriptCode = MacroAddress(macro)
    model.Parent.registerScriptEvents model.Parent.Count - 1, told()
End Sub

Private Function Pixels(count)
    Pixels = CLng(count * HUNDREDTHS_A_PIXEL)
End Function
